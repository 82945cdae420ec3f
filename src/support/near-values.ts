import { nearNames } from './near-names.js'

const number = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/giu

/**
 * The options that are nearest to a value, at most three. Where they differ from it by numbers alone they are the nearest by
 * these (`7` to `9`, `sep_conv(3)` and `sep_conv(5)` to `sep_conv(4)`), or else by letters.
 */
export function nearValues(text: string, options: readonly string[]): readonly string[] {
  const form = text.replace(number, '#')
  const numbers = numbersOf(text)
  if (numbers.length === 0) return nearNames(text, options)
  const alike = options.filter((option) => option !== text && option.replace(number, '#') === form)
  if (alike.length === 0) return nearNames(text, options)
  const distances = new Map(alike.map((option) => [option, distance(numbers, numbersOf(option))]))
  const least = Math.min(...distances.values())
  return alike.filter((option) => distances.get(option) === least).slice(0, 3)
}

function numbersOf(text: string): readonly number[] {
  return [...text.matchAll(number)].map(([found]) => Number(found))
}

function distance(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? 0)), 0)
}
