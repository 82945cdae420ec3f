import type { Budget } from '../../space/limits/budget.js'
import type { Pruning } from './pruning.js'
import type { Link, Segment } from './segments.js'
import { combined, noKeys, type Arithmetic, type Sums } from './sums.js'

/** Sums by state of a cut. */
export interface CutSums<N> {
  readonly sums: readonly Sums<N>[]
  /** Keys are rounded down to whole ones of these here: 1 where they are not. */
  readonly grain: number
  /** How much rounding on the way may hide, in units of keys. */
  readonly hidden: number
}

/** Sums of the paths to every state of a cut, and from it on, by cut; both are known at the cut `at`. */
export interface MeetInTheMiddle<N> {
  readonly forward: readonly CutSums<N>[]
  readonly backward: readonly CutSums<N>[]
  readonly at: number
}

export interface MeetInTheMiddleOptions<N> {
  readonly where: 'middle' | 'end'
  /** As many keys are kept at a cut. */
  readonly mostKeys: number
  /** Whether keys are rounded where there are more; otherwise there is no result then. */
  readonly rounds: boolean
  readonly prune: Pruning<N>
  /** How far a cost may lie above its key before anything is rounded, by quantity. */
  readonly slack: readonly number[]
  readonly unit: number
  readonly budget: Budget
  /** Name of the part of the network behind a cut. */
  readonly partAt: (layer: number) => string
}

/** Goes from both ends, always on the side where fewer sums are known, until they meet. */
export function meetInTheMiddle<N>(
  arithmetic: Arithmetic<N>,
  segments: readonly Segment<N>[],
  options: MeetInTheMiddleOptions<N>,
): MeetInTheMiddle<N> | undefined {
  const { where, budget, partAt } = options
  const start: Sums<N> = { keys: new Float64Array(1), counts: [arithmetic.one] }
  const forward: CutSums<N>[] = [{ sums: [start], grain: 1, hidden: 0 }]
  const backward: CutSums<N>[] = []
  const ends = Array.from({ length: segments.at(-1)?.ends ?? 1 }, () => start)
  backward[segments.length] = { sums: ends, grain: 1, hidden: 0 }
  let [left, right] = [0, segments.length]
  while (left < right) {
    const [before, after, next, previous] = [forward[left], backward[right], segments[left], segments[right - 1]]
    if (!before || !after || !next || !previous) throw new Error('a cut between two segments has sums')
    const goesForward = where === 'end' || work(next.from, before.sums) <= work(previous.to, after.sums)
    budget.enter(partAt(goesForward ? next.first : previous.first))
    const found = goesForward
      ? step(arithmetic, next.to, before, ({ from }) => from, { side: 'before', layer: next.last }, options)
      : step(arithmetic, previous.from, after, ({ to }) => to, { side: 'after', layer: previous.first }, options)
    if (!found) return undefined
    if (goesForward) forward[++left] = found
    else backward[--right] = found
  }
  return { forward, backward, at: left }
}

function work<N>(links: readonly (readonly Link<N>[])[], sums: readonly Sums<N>[]): number {
  return links.reduce((all, list, state) => {
    const size = sums[state]?.keys.length ?? 0
    return all + size * list.reduce((paths, { keys }) => paths + keys.length, 0)
  }, 0)
}

interface Where {
  readonly side: 'before' | 'after'
  readonly layer: number
}

/** The sums at the next cut, with about the finest keys of which there are not too many. */
function step<N>(
  arithmetic: Arithmetic<N>,
  links: readonly (readonly Link<N>[])[],
  known: CutSums<N>,
  other: (link: Link<N>) => number,
  where: Where,
  options: MeetInTheMiddleOptions<N>,
): CutSums<N> | undefined {
  for (let { grain } = known; ; grain = Math.max(2 * grain, grainFor(links, known, other, options.mostKeys))) {
    const hidden = known.hidden + grain - 1
    const sums = sumsIn(arithmetic, links, known, other, where, { ...options, grain, hidden })
    if (sums) return { sums, grain, hidden }
    if (!options.rounds) return undefined
  }
}

/** The grain, rounded down to a power of two, with which keys just fit that lie close together. */
function grainFor<N>(
  links: readonly (readonly Link<N>[])[],
  known: CutSums<N>,
  other: (link: Link<N>) => number,
  mostKeys: number,
): number {
  let span = 0
  for (const list of links) {
    let [least, most] = [Infinity, -Infinity]
    for (const link of list) {
      const keys = known.sums[other(link)]?.keys ?? noKeys
      if (keys.length === 0) continue
      least = Math.min(least, (keys[0] ?? 0) + (link.keys[0] ?? 0))
      most = Math.max(most, (keys.at(-1) ?? 0) + (link.keys.at(-1) ?? 0))
    }
    span += Math.max(0, most - least)
  }
  return 2 ** Math.floor(Math.log2(Math.max(1, span / mostKeys)))
}

function sumsIn<N>(
  arithmetic: Arithmetic<N>,
  links: readonly (readonly Link<N>[])[],
  known: CutSums<N>,
  other: (link: Link<N>) => number,
  { side, layer }: Where,
  {
    mostKeys,
    budget,
    prune,
    slack,
    unit,
    grain,
    hidden,
  }: MeetInTheMiddleOptions<N> & Pick<CutSums<N>, 'grain' | 'hidden'>,
): readonly Sums<N>[] | undefined {
  const result: Sums<N>[] = []
  // Each state has a key at least, however coarse they are.
  let left = Math.max(mostKeys, links.length)
  const all = slack.map((each) => each + hidden * unit)
  for (const [state, list] of links.entries()) {
    const parts = list.flatMap((link) => {
      const sums = known.sums[other(link)]
      if (!sums || sums.keys.length === 0) return []
      return link.keys.map((shift, index) => ({ sums, shift, times: link.counts[index] ?? arithmetic.zero }))
    })
    const sums = combined(arithmetic, parts, { grain, most: mostKeys, spend: (keys) => budget.spend(keys) })
    const kept = sums && prune(side, layer, state, sums, all)
    left -= kept?.keys.length ?? Infinity
    if (!kept || left < 0) return undefined
    result.push(kept)
  }
  return result
}
