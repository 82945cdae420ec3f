import type { Decision } from './decision.js'
import { optionTexts } from './print-value.js'
import type { Value } from './value.js'

const described = new WeakMap<readonly Value[], Pick<Decision, 'options' | 'values'>>()

/** How options print, and their values where they are numbers. */
export function describedOptions(options: readonly Value[]): Pick<Decision, 'options' | 'values'> {
  const known = described.get(options)
  if (known) return known
  const numbers = options.filter((option): option is number => typeof option === 'number')
  const found = {
    options: optionTexts(options),
    ...(numbers.length === options.length ? { values: numbers } : {}),
  }
  described.set(options, found)
  return found
}
