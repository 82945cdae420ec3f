import type { Budget } from '../../space/limits/budget.js'
import type { Diagram } from '../diagram/diagram.js'
import { commonDivisor, costKeys, type CostKeys } from './cost-keys.js'
import { quantitiesOf, type CostQuery } from './cost-query.js'
import { meetInTheMiddle, type MeetInTheMiddle } from './meet-in-the-middle.js'
import { halfSpacesOf, type RangedHalfSpace } from './half-spaces.js'
import { pruningFor } from './pruning.js'
import { segmentsOf, type Segment } from './segments.js'
import { below, noKeys, prefixSums, type Arithmetic, type Sums } from './sums.js'

/**
 * How many paths of a diagram have which costs, as far as it must be known: of paths from the start to each state of one cut,
 * and from there to the end. A path is one of the first joined to one of the second at the same state. Paths that surely lie
 * outside of what is asked for are left out.
 */
export interface JoinedSums<N> {
  readonly arithmetic: Arithmetic<N>
  readonly budget: Budget
  readonly diagram: Diagram
  readonly query: CostQuery
  /** Units in which costs are kept, by quantity. */
  readonly units: readonly number[]
  /** How far a cost may lie above what it is kept as, by quantity; 0 where costs are exact. */
  readonly slack: readonly number[]
  readonly costKeys: CostKeys
  readonly segments: readonly Segment<N>[]
  readonly halves: MeetInTheMiddle<N>
  /** By state of the cut: paths to it, and paths on from it. */
  readonly before: readonly Sums<N>[]
  readonly after: readonly Sums<N>[]
  /** By state of the cut: how many of the paths on from it have one of the first keys. */
  readonly prefixes: readonly ArrayLike<N>[]
}

/** What is asked of sums, and how much they may take. */
export interface SumsRequest {
  readonly diagram: Diagram
  readonly query: CostQuery
  readonly budget: Budget
  /** As many keys are kept at a cut. */
  readonly mostKeys: number
}

/** Every sum exactly; undefined if that takes more keys than allowed. */
export function exactSums<N>(arithmetic: Arithmetic<N>, request: SumsRequest): JoinedSums<N> | undefined {
  return sumsIn(arithmetic, request, { units: unitsOf(request), rounds: false, halfSpaces: halfSpacesFor(request) })
}

/** Sums as fine as the keys that are allowed. */
export function finestSums<N>(arithmetic: Arithmetic<N>, request: SumsRequest): JoinedSums<N> {
  let units = unitsOf(request)
  const halfSpaces = halfSpacesFor(request)
  for (;;) {
    const sums = sumsIn(arithmetic, request, { units, rounds: units.length === 1, halfSpaces })
    if (sums) return sums
    units = units.map((unit) => unit * 4)
  }
}

function unitsOf({ diagram, query }: SumsRequest): readonly number[] {
  return quantitiesOf(query).map((quantity) => commonDivisor(diagram, quantity))
}

function halfSpacesFor({ diagram, query, budget }: SumsRequest): readonly RangedHalfSpace[] {
  return query.kind === 'interval' ? [] : halfSpacesOf(diagram, query, budget)
}

interface Fineness {
  readonly units: readonly number[]
  /** Whether sums of one quantity are rounded where there are too many; those of several have coarser units. */
  readonly rounds: boolean
  readonly halfSpaces: readonly RangedHalfSpace[]
}

function sumsIn<N>(
  arithmetic: Arithmetic<N>,
  { diagram, query, budget, mostKeys }: SumsRequest,
  { units, rounds, halfSpaces }: Fineness,
): JoinedSums<N> | undefined {
  const keys = costKeys(diagram, quantitiesOf(query), units)
  if (!keys) return undefined
  const segments = segmentsOf(arithmetic, budget, diagram, keys.keyOf)
  const halves = meetInTheMiddle(arithmetic, segments, {
    where: query.kind === 'test' ? 'end' : 'middle',
    mostKeys,
    rounds,
    prune: pruningFor(arithmetic, diagram, query, keys, halfSpaces),
    slack: keys.slack,
    unit: keys.unit,
    budget,
    partAt: (layer) => diagram.layers[layer]?.at ?? '',
  })
  if (!halves) return undefined
  const [forward, backward] = [halves.forward[halves.at], halves.backward[halves.at]]
  if (!forward || !backward) throw new Error('sums meet at a cut')
  const hidden = keys.unit * (forward.hidden + backward.hidden)
  return {
    arithmetic,
    budget,
    diagram,
    query,
    units,
    slack: keys.slack.map((each) => each + hidden),
    costKeys: keys,
    segments,
    halves,
    before: forward.sums,
    after: backward.sums,
    prefixes: backward.sums.map(({ counts }) => prefixSums(arithmetic, counts)),
  }
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
