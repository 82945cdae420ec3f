import type { SelectedOptions } from './derivation.js'

/** The options that an architecture takes, each by its decision: the entries of its one-hot code that are 1. */
export function optionsOf(selected: SelectedOptions): ReadonlySet<string> {
  return new Set(
    Object.entries(selected).flatMap(([path, options]) => options.map((option) => `${path}=${String(option)}`)),
  )
}
