import type { Feature } from '../generator/writer.js'
import type { Case } from './case.js'

/**
 * What nasc is known to say wrongly and is not mended yet, with the reason. Comparisons that are named are left out of programs
 * that have it.
 */
export interface KnownDifference {
  readonly reason: string
  readonly comparisons: readonly string[]
  readonly concerns: (features: ReadonlySet<Feature>, each: Case) => boolean
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    reason:
      'a condition of a `through` that is a choice is printed as if it were an operation on the edge: `true of n`',
    comparisons: ['round trip'],
    concerns: (_, { enumeration }) =>
      [...enumeration.decisions].some(
        ([path, [decision]]) => /\.through(\[\d+\])?\[/.test(path) && decision?.options.includes('true'),
      ),
  },
]
