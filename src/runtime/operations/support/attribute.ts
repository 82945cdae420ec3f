import type { Attributes } from './definition.js'

/** A numeric attribute; its absence is a defect of the planner. */
export function numberOf(attributes: Attributes, name: string): number {
  const value = attributes[name]
  if (typeof value !== 'number') throw new Error(`attribute '${name}' must be a number, not ${String(value)}`)
  return value
}

/** A boolean attribute. */
export function booleanOf(attributes: Attributes, name: string): boolean {
  const value = attributes[name]
  if (typeof value !== 'boolean') throw new Error(`attribute '${name}' must be true or false, not ${String(value)}`)
  return value
}

/** An attribute that is a list of numbers. */
export function numbersOf(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name]
  if (typeof value !== 'object') throw new Error(`attribute '${name}' must be a list of numbers, not ${String(value)}`)
  return value
}
