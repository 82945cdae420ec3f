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
      'a connection whose operation asks for facts of its place or for lets of its node is printed with their names',
    comparisons: ['round trip'],
    concerns: (features) => features.has('connections'),
  },
  {
    reason: 'the path of a choice in the body of an option holds the arguments of the option, and cannot be written',
    comparisons: ['round trip'],
    concerns: (_, { enumeration }) => [...enumeration.decisions.keys()].some((path) => path.includes('(')),
  },
  {
    reason: 'options that another decision decides are printed and read by those that they have in one of its cases',
    comparisons: ['round trip'],
    concerns: (_, { enumeration }) => [...enumeration.decisions.values()].some(({ length }) => length > 1),
  },
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
