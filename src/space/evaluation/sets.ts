import { printValue } from './print-value.js'
import type { Value } from './value.js'

/** Two values are the same if they print the same: operations with equal arguments are one. */
export function sameValue(a: Value, b: Value): boolean {
  return typeof a === 'object' || typeof b === 'object' ? printValue(a) === printValue(b) : a === b
}

/** Values without repetitions, in order. */
export function unique(values: readonly Value[]): readonly Value[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = `${typeof value}:${printValue(value)}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

export function contains(list: readonly Value[], value: Value): boolean {
  return list.some((item) => sameValue(item, value))
}
