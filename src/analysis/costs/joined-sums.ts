import type { Diagram } from '../diagram/diagram.js'
import { costKeys, type CostKeys } from './cost-keys.js'
import { meetInTheMiddle, type MeetInTheMiddle } from './meet-in-the-middle.js'
import { segmentsOf, type Segment } from './segments.js'
import { below, noKeys, prefixSums, type Arithmetic, type Sums } from './sums.js'

/**
 * How many paths of a diagram have which costs, as far as it must be known: of paths from the start to each state of one cut,
 * and from there to the end. A path is one of the first joined to one of the second at the same state.
 */
export interface JoinedSums<N> {
  readonly arithmetic: Arithmetic<N>
  readonly diagram: Diagram
  /** Units in which costs are kept, by quantity. */
  readonly units: readonly number[]
  readonly costKeys: CostKeys
  readonly segments: readonly Segment<N>[]
  readonly meeting: MeetInTheMiddle<N>
  /** By state of the cut: paths to it, and paths on from it. */
  readonly before: readonly Sums<N>[]
  readonly after: readonly Sums<N>[]
  /** By state of the cut: how many of the paths on from it have one of the first keys. */
  readonly prefixes: readonly ArrayLike<N>[]
}

/** Undefined if that takes more keys than allowed. */
export function joinSums<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  quantities: readonly number[],
  units: readonly number[],
  cut: 'middle' | 'end',
  mostKeys: number,
): JoinedSums<N> | undefined {
  const keys = costKeys(diagram, quantities, units)
  if (!keys) return undefined
  const segments = segmentsOf(arithmetic, diagram, keys.keyOf)
  const meeting = meetInTheMiddle(arithmetic, segments, cut, mostKeys)
  if (!meeting) return undefined
  const before = meeting.forward[meeting.at] ?? []
  const after = meeting.backward[meeting.at] ?? []
  const prefixes = after.map((sums) => prefixSums(arithmetic, sums.counts))
  return { arithmetic, diagram, units, costKeys: keys, segments, meeting, before, after, prefixes }
}

/**
 * The number of paths, each counted as often as a weight says.
 *
 * @param weight of all paths on from a state of the cut together, behind paths with a key
 */
export function weightedCount<N>({ arithmetic, before }: JoinedSums<N>, weight: (state: number, key: number) => N): N {
  let total = arithmetic.zero
  before.forEach(({ keys, counts }, state) => {
    for (let index = 0; index < keys.length; index++) {
      const paths = weight(state, keys[index] ?? 0)
      total = arithmetic.add(total, arithmetic.times(counts[index] ?? arithmetic.zero, paths))
    }
  })
  return total
}

/** Paths on from a state of the cut whose keys are in an interval, its upper end not included. */
export function countBetween<N>(
  { arithmetic, after, prefixes }: JoinedSums<N>,
  state: number,
  low: number,
  high: number,
): N {
  if (high <= low) return arithmetic.zero
  const upTo = (bound: number): N => prefixes[state]?.[below(after[state]?.keys ?? noKeys, bound)] ?? arithmetic.zero
  return arithmetic.minus(upTo(high), upTo(low))
}

/** Paths whose keys are below a bound. */
export function countBelowKey<N>({ arithmetic, before, after, prefixes }: JoinedSums<N>, bound: number): N {
  let total = arithmetic.zero
  before.forEach(({ keys, counts }, state) => {
    const further = after[state]?.keys ?? noKeys
    const prefix = prefixes[state] ?? []
    // Keys ascend, so that what is left for the rest only falls.
    let index = further.length
    for (let at = 0; at < keys.length; at++) {
      const left = bound - (keys[at] ?? 0)
      while (index > 0 && (further[index - 1] ?? 0) >= left) index--
      if (index === 0) break
      const paths = arithmetic.times(counts[at] ?? arithmetic.zero, prefix[index] ?? arithmetic.zero)
      total = arithmetic.add(total, paths)
    }
  })
  return total
}
