import type { Decision } from '../decisions/decision.js'
import { isReadAnywhere, optionTexts, settledText } from './print-value.js'
import type { Value } from './value.js'

const described = new WeakMap<readonly Value[], Pick<Decision, 'options' | 'values' | 'unnamed'>>()

/** How options print, and their values where they are numbers. */
export function describedOptions(options: readonly Value[]): Pick<Decision, 'options' | 'values' | 'unnamed'> {
  const known = described.get(options)
  if (known) return known
  const numbers = options.filter((option): option is number => typeof option === 'number')
  const texts = optionTexts(options)
  const unnamed = options.flatMap((option, index) =>
    texts[index] === settledText(option) && isReadAnywhere(option) ? [] : [index],
  )
  const found = {
    options: texts,
    ...(unnamed.length > 0 ? { unnamed } : {}),
    ...(numbers.length === options.length ? { values: numbers } : {}),
  }
  described.set(options, found)
  return found
}
