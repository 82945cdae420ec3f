import type { Arc } from '../diagram/diagram.js'
import type { JoinedSums } from './joined-sums.js'
import { pick, type RandomWords } from './random-choice.js'
import { arcsBy, tablesFrom, type Segment, type Tables } from './segments.js'

/** Draws a path through a segment between two of its states, of those with a given key. */
export type SegmentSampler<N> = (
  random: RandomWords,
  segment: Segment<N>,
  start: number,
  end: number,
  key: number,
) => readonly Arc[]

export function segmentSampler<N>({ arithmetic, budget, diagram, costKeys }: JoinedSums<N>): SegmentSampler<N> {
  const { keyOf } = costKeys
  const tables = new Map<string, Tables<N>>()
  const tablesOf = (segment: Segment<N>, start: number): Tables<N> => {
    const name = `${segment.first} ${start}`
    const { first, last } = segment
    const found =
      tables.get(name) ?? tablesFrom(arithmetic, budget, diagram, { first, last, start }, keyOf, Infinity) ?? []
    tables.set(name, found)
    return found
  }
  return (random, segment, start, end, key) => {
    const known = tablesOf(segment, start)
    const arcs: Arc[] = []
    let [state, rest] = [end, key]
    // From the end, where the key is known, to the start: each arc leaves the rest of the key to those before it.
    for (let layer = segment.last - 1; layer >= segment.first; layer--) {
      const options = arcsBy(diagram, layer, 'to').get(state) ?? []
      const sums = known[layer - segment.first]
      const countBefore = ({ from, costs }: Arc): N => sums?.get(from)?.get(rest - keyOf(costs)) ?? arithmetic.zero
      const arc = pick(arithmetic, random, options, countBefore)
      arcs.push(arc)
      state = arc.from
      rest -= keyOf(arc.costs)
    }
    return arcs.reverse()
  }
}
