import type { Arc, Diagram } from '../diagram/diagram.js'
import type { MeetInTheMiddle } from './meet-in-the-middle.js'
import { arcsBy, tablesFrom, type KeyOf, type Link, type Segment, type Tables } from './segments.js'
import { countAt, lastOf, prefixSums, type Arithmetic, type Sums } from './sums.js'

/** A source of random 32-bit words: `Random` of the runtime is one. */
export interface RandomWords {
  word(): number
}

/**
 * Prepares drawing: each way that is meant as likely as any other, without redraws.
 *
 * @param weight how many ways on from a state of the cut, behind a key, are meant
 * @param range  which keys of the ways on are meant: from the first index to below the second
 */
export function createPathSampler<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  keyOf: KeyOf,
  segments: readonly Segment<N>[],
  { forward, backward, at, prefixes }: MeetInTheMiddle<N> & { readonly prefixes: readonly ArrayLike<N>[] },
  weight: (state: number, key: number) => N,
  range: (state: number, key: number) => readonly [number, number],
): (random: RandomWords) => readonly Arc[] {
  const here = forward[at] ?? []
  const entries = here.map(({ keys, counts }, state) => {
    const weighted = arithmetic.row(counts.length)
    for (let index = 0; index < counts.length; index++) {
      weighted[index] = arithmetic.times(counts[index] ?? arithmetic.zero, weight(state, keys[index] ?? 0))
    }
    return prefixSums(arithmetic, weighted)
  })
  const states = prefixSums(
    arithmetic,
    entries.map((prefix) => lastOf(arithmetic, prefix)),
  )
  const total = lastOf(arithmetic, states)
  const tables = new Map<string, Tables<N>>()
  const tablesOf = (segment: Segment<N>, start: number): Tables<N> => {
    const name = `${segment.first} ${start}`
    const found = tables.get(name) ?? tablesFrom(arithmetic, diagram, segment.first, segment.last, start, keyOf)
    tables.set(name, found)
    return found
  }

  const waysOf = keyedLinksOf<N>()
  /** One of the links, and which of its ways, so that what lies behind it has the rest of the key. */
  const pickWay = (
    random: RandomWords,
    links: readonly Link<N>[],
    behind: (link: Link<N>) => Sums<N> | undefined,
    rest: number,
  ): KeyedLink<N> =>
    pick(arithmetic, random, waysOf(links), ({ link, shift, count }) => {
      const sums = behind(link)
      const on = sums ? countAt(arithmetic, sums, rest - shift) : arithmetic.zero
      return on === arithmetic.zero ? on : arithmetic.times(count, on)
    })

  /** A way through a segment between two states with a given key. */
  const within = (
    random: RandomWords,
    segment: Segment<N>,
    start: number,
    end: number,
    key: number,
  ): readonly Arc[] => {
    const known = tablesOf(segment, start)
    const arcs: Arc[] = []
    let [state, rest] = [end, key]
    for (let level = segment.last - 1; level >= segment.first; level--) {
      const options = arcsBy(diagram, level, 'to').get(state) ?? []
      const sums = known[level - segment.first]
      const arc = pick(
        arithmetic,
        random,
        options,
        ({ from, costs }) => sums?.get(from)?.get(rest - keyOf(costs)) ?? arithmetic.zero,
      )
      arcs.push(arc)
      state = arc.from
      rest -= keyOf(arc.costs)
    }
    return arcs.reverse()
  }

  return (random) => {
    let left = uniform(arithmetic, random, total)
    const state = lastAtMost(arithmetic, states, left)
    left = arithmetic.minus(left, states[state] ?? arithmetic.zero)
    const index = lastAtMost(arithmetic, entries[state] ?? [], left)
    const key = here[state]?.keys[index] ?? 0

    const before: (readonly Arc[])[] = []
    let [end, rest] = [state, key]
    for (let cut = at - 1; cut >= 0; cut--) {
      const segment = segments[cut]
      if (!segment) break
      const sums = forward[cut] ?? []
      const { link, shift } = pickWay(random, segment.to[end] ?? [], ({ from }) => sums[from], rest)
      before.push(within(random, segment, link.from, end, shift))
      end = link.from
      rest -= shift
    }

    const after: (readonly Arc[])[] = []
    const [low, high] = range(state, key)
    const prefix = prefixes[state] ?? []
    const [lowest, highest] = [prefix[low] ?? arithmetic.zero, prefix[high] ?? arithmetic.zero]
    const chosen = arithmetic.add(lowest, uniform(arithmetic, random, arithmetic.minus(highest, lowest)))
    let start = state
    rest = backward[at]?.[state]?.keys[lastAtMost(arithmetic, prefix, chosen)] ?? 0
    for (let cut = at; cut < segments.length; cut++) {
      const segment = segments[cut]
      if (!segment) break
      const sums = backward[cut + 1] ?? []
      const { link, shift } = pickWay(random, segment.from[start] ?? [], ({ to }) => sums[to], rest)
      after.push(within(random, segment, start, link.to, shift))
      start = link.to
      rest -= shift
    }
    return [...before.reverse(), ...after].flat()
  }
}

function pick<N, T>(
  arithmetic: Arithmetic<N>,
  random: RandomWords,
  options: readonly T[],
  weight: (option: T) => N,
): T {
  const prefix = prefixSums(arithmetic, options.map(weight))
  const drawn = uniform(arithmetic, random, lastOf(arithmetic, prefix))
  const option = options[lastAtMost(arithmetic, prefix, drawn)]
  if (option === undefined) throw new Error('a way that was counted is there')
  return option
}

/** A link together with one of its keys. */
interface KeyedLink<N> {
  readonly link: Link<N>
  readonly shift: number
  readonly count: N
}

/** A function that lists the ways of links; asked again for the same links, it is the same list. */
function keyedLinksOf<N>(): (links: readonly Link<N>[]) => readonly KeyedLink<N>[] {
  const known = new WeakMap<readonly Link<N>[], readonly KeyedLink<N>[]>()
  return (links) => {
    const found = known.get(links)
    if (found) return found
    const paths = links.flatMap((link) =>
      link.keys.flatMap((shift, index): readonly KeyedLink<N>[] => {
        const count = link.counts[index]
        return count === undefined ? [] : [{ link, shift, count }]
      }),
    )
    known.set(links, paths)
    return paths
  }
}

/** Index of the entry that a number below the last prefix falls into. */
function lastAtMost<N>(arithmetic: Arithmetic<N>, prefix: ArrayLike<N>, value: N): number {
  let [low, high] = [0, prefix.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const bound = prefix[middle]
    if (bound !== undefined && arithmetic.less(value, bound)) high = middle
    else low = middle
  }
  return low
}

/** In 0 … bound - 1, each equally likely. */
function uniform<N>(arithmetic: Arithmetic<N>, random: RandomWords, bound: N): N {
  if (typeof bound === 'number' && bound >= 1 && bound <= 2 ** 32) {
    // The same words and the same numbers as below, in fewer steps.
    const usable = 2 ** 32 - (2 ** 32 % bound)
    for (;;) {
      const drawn = random.word()
      if (drawn < usable) return arithmetic.small(drawn % bound)
    }
  }
  const size = arithmetic.big(bound)
  if (size < 1n) throw new Error('a way that was counted is there')
  let words = 1
  while (1n << BigInt(32 * words) < size) words++
  const span = 1n << BigInt(32 * words)
  const usable = span - (span % size)
  for (;;) {
    let drawn = 0n
    for (let word = 0; word < words; word++) drawn = (drawn << 32n) | BigInt(random.word())
    if (drawn < usable) return arithmetic.of(drawn % size)
  }
}
