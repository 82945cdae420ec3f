import type { Candidate, SelectedOptions } from './derivation.js'

/** Draws in a row that give nothing new, after which there is taken to be nothing new. */
export const mostTries = 100

/**
 * Up to `count` architectures that are not among `known`, which they join.
 * @param make draws one; undefined: it came to none
 * @param most draws in a row that give nothing new
 */
export function distinct(
  count: number,
  known: Set<string>,
  make: () => Candidate | undefined,
  most = mostTries,
): readonly Candidate[] {
  const found: Candidate[] = []
  for (let tries = 0; found.length < count && tries < most; tries++) {
    const candidate = make()
    if (candidate === undefined || known.has(keyOf(candidate.selected))) continue
    known.add(keyOf(candidate.selected))
    found.push(candidate)
    tries = -1
  }
  return found
}

/** Of all these, as `distinct` takes them for known. */
export function keysOf(candidates: readonly Candidate[]): Set<string> {
  return new Set(candidates.map(({ selected }) => keyOf(selected)))
}

/** Equal for equal architectures. */
export function keyOf(selected: SelectedOptions): string {
  return Object.entries(selected)
    .map(([path, options]) => `${path}=${[...options].sort((a, b) => a - b).join(',')}`)
    .sort()
    .join(' ')
}
