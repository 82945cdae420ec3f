import type { Member } from './members.js'

/** What is known of an architecture. */
export interface Reference extends Member {
  readonly name: string | undefined
  readonly value: number
}

export interface CombinedReference extends Reference {
  /** Trainings, or rows, that the value is the mean of. */
  readonly results: number
}

/** One of each architecture: the mean of all that is known of it. Its name is the first that it has. */
export function combineReferences(references: readonly Reference[]): readonly CombinedReference[] {
  const combined = new Map<string, { first: Reference; name: string | undefined; sum: number; results: number }>()
  for (const each of references) {
    const known = combined.get(each.key)
    if (known === undefined) combined.set(each.key, { first: each, name: each.name, sum: each.value, results: 1 })
    else {
      known.sum += each.value
      known.results++
      known.name ??= each.name
    }
  }
  return [...combined.values()].map(({ first, name, sum, results }) => ({
    ...first,
    name,
    value: sum / results,
    results,
  }))
}
