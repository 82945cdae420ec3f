import type { Arc, Diagram } from './diagram.js'
import { arcsBy, segmentsOf, tablesFrom, type KeyOf, type Link, type Segment, type Tables } from './segments.js'
import { below, combined, countAt, prefixSums, type Arithmetic, type Sums } from './sums.js'

/** Which architectures are meant, by what they cost. */
export type Wanted =
  /** One cost, ends included. */
  | { readonly kind: 'interval'; readonly quantity: number; readonly least: number; readonly most: number }
  /** Several costs, and the state in which the network ends. */
  | {
      readonly kind: 'test'
      readonly quantities: readonly number[]
      readonly test: (costs: readonly number[], end: number) => boolean
    }

/** A source of random 32-bit words: `Random` of the runtime is one. */
export interface RandomWords {
  word(): number
}

/** The architectures of a diagram that cost what is wanted. */
export interface Totals {
  readonly count: bigint
  /**
   * How finely costs are kept: 1 where every sum is exact. Otherwise sums are kept in buckets of this width, and what might
   * lie on either side of an end of the interval is left out.
   */
  readonly bucketWidth: number
  /** How many architectures might be meant beside those that surely are. */
  readonly leftOut: bigint
  /** One of them, each as likely as any other. Throws a RangeError where there are none. */
  draw(random: RandomWords): readonly Arc[]
  /** How many cost less than a value, in the interval's quantity. Only where the wanted is an interval. */
  countBelow(value: number): bigint
  /** The least and the greatest cost of those meant, in the quantity (of several: by position). Undefined where there are none. */
  extremes(position: number): { readonly least: number; readonly greatest: number } | undefined
  /** All of them by cost; undefined where the wanted is an interval, whose costs are not listed. */
  readonly list?: readonly { readonly costs: readonly number[]; readonly count: bigint }[]
}

/** Keys that are kept at once at most, before costs go into buckets; fewer where counts need more than 53 bits. */
const mostKeys = { numbers: 6_000_000, bigints: 300_000 } as const

function keysFor<N>(arithmetic: Arithmetic<N>): number {
  return typeof arithmetic.one === 'number' ? mostKeys.numbers : mostKeys.bigints
}

export function totalsOf<N>(arithmetic: Arithmetic<N>, diagram: Diagram, wanted: Wanted): Totals {
  return exactTotals(arithmetic, diagram, wanted, keysFor(arithmetic)) ?? inBuckets(arithmetic, diagram, wanted)
}

/** With every sum kept exactly, or undefined if that takes more keys than allowed. */
export function exactTotals<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  wanted: Wanted,
  most: number,
): Totals | undefined {
  const quantities = quantitiesOf(wanted)
  const units = quantities.map((quantity) => commonDivisor(diagram, quantity))
  return attempt(arithmetic, diagram, wanted, quantities, units, most)
}

function quantitiesOf(wanted: Wanted): readonly number[] {
  return wanted.kind === 'interval' ? [wanted.quantity] : wanted.quantities
}

function inBuckets<N>(arithmetic: Arithmetic<N>, diagram: Diagram, wanted: Wanted): Totals {
  const quantities = quantitiesOf(wanted)
  const units = quantities.map((quantity) => commonDivisor(diagram, quantity))
  for (;;) {
    units.forEach((unit, index) => (units[index] = unit * 4))
    const totals = attempt(arithmetic, diagram, wanted, quantities, units, keysFor(arithmetic))
    if (totals) return totals
  }
}

function attempt<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  wanted: Wanted,
  quantities: readonly number[],
  units: readonly number[],
  mostKeys: number,
): Totals | undefined {
  const strides: number[] = []
  let size = 1
  quantities.forEach((quantity, index) => {
    strides.push(size)
    size *= Math.floor(greatest(diagram, quantity) / (units[index] ?? 1)) + 1
  })
  if (size > Number.MAX_SAFE_INTEGER) return undefined
  const keyOf: KeyOf = (costs) =>
    quantities.reduce(
      (key, quantity, at) => key + (strides[at] ?? 1) * Math.floor((costs[quantity] ?? 0) / (units[at] ?? 1)),
      0,
    )
  /** What rounding down to whole buckets may hide at most. */
  const slack = quantities.map((quantity, at) => hidden(diagram, quantity, units[at] ?? 1))
  const valuesOf = (key: number): readonly number[] => {
    let rest = key
    const values = [...quantities].map(() => 0)
    for (let at = quantities.length - 1; at >= 0; at--) {
      const stride = strides[at] ?? 1
      values[at] = Math.floor(rest / stride) * (units[at] ?? 1)
      rest %= stride
    }
    return values
  }

  const segments = segmentsOf(arithmetic, diagram, keyOf)
  const met = meet(arithmetic, segments, wanted.kind === 'test' ? 'end' : 'middle', mostKeys)
  if (!met) return undefined
  const { forward, backward, at } = met
  const here = forward[at] ?? []
  const there = backward[at] ?? []
  const prefixes = there.map((sums) => prefixSums(arithmetic, sums.counts))

  const [unit = 1] = units
  const [hides = 0] = slack
  /** Ways on from a state whose keys lie below a bound. */
  const upTo = (state: number, bound: number): N =>
    prefixes[state]?.[below(there[state]?.keys ?? none, bound)] ?? arithmetic.zero
  const between = (state: number, key: number, low: number, high: number): N =>
    high <= low ? arithmetic.zero : arithmetic.minus(upTo(state, high - key), upTo(state, low - key))
  const total = (weight: (state: number, key: number) => N): N =>
    here.reduce(
      (sum, { keys, counts }, state) =>
        counts.reduce(
          (all, count, index) => arithmetic.add(all, arithmetic.times(count, weight(state, keys[index] ?? 0))),
          sum,
        ),
      arithmetic.zero,
    )

  let weight: (state: number, key: number) => N
  let possible: (state: number, key: number) => N
  let range: (state: number, key: number) => readonly [number, number]
  if (wanted.kind === 'interval') {
    const { least, most } = wanted
    // A key stands for costs from unit * key to unit * key + hides.
    const low = Math.ceil(least / unit)
    const high = Math.floor((most - hides) / unit) + 1
    const [lowest, highest] = [Math.ceil((least - hides) / unit), Math.floor(most / unit) + 1]
    weight = (state, key) => between(state, key, low, high)
    possible = (state, key) => between(state, key, lowest, highest)
    range = (state, key) => {
      const keys = there[state]?.keys ?? none
      return [below(keys, low - key), below(keys, Math.max(low, high) - key)]
    }
  } else {
    const corners = (key: number): readonly (readonly number[])[] =>
      valuesOf(key).reduce<readonly (readonly number[])[]>(
        (all, value, index) => {
          const hidden = slack[index] ?? 0
          return all.flatMap((corner) =>
            hidden === 0
              ? [[...corner, value]]
              : [
                  [...corner, value],
                  [...corner, value + hidden],
                ],
          )
        },
        [[]],
      )
    const { test } = wanted
    weight = (state, key) => (corners(key).every((corner) => test(corner, state)) ? arithmetic.one : arithmetic.zero)
    possible = (state, key) => (corners(key).some((corner) => test(corner, state)) ? arithmetic.one : arithmetic.zero)
    range = () => [0, 1]
  }
  const count = total(weight)
  const isExact = slack.every((each) => each === 0)
  const leftOut = isExact ? arithmetic.zero : arithmetic.minus(total(possible), count)

  let drawer: ((random: RandomWords) => readonly Arc[]) | undefined
  return {
    count: arithmetic.big(count),
    bucketWidth: isExact ? 1 : Math.max(...units),
    leftOut: arithmetic.big(leftOut),
    draw(random) {
      if (!arithmetic.less(arithmetic.zero, count)) throw new RangeError('there is nothing to draw from')
      drawer ??= createDrawer(arithmetic, diagram, keyOf, segments, { forward, backward, at, prefixes }, weight, range)
      return drawer(random)
    },
    extremes(position) {
      let [least, greatest] = [Infinity, -Infinity]
      here.forEach(({ keys }, state) => {
        for (const key of keys) {
          if (wanted.kind === 'test') {
            if (weight(state, key) === arithmetic.zero) continue
            const value = valuesOf(key)[position] ?? 0
            least = Math.min(least, value)
            greatest = Math.max(greatest, value)
          } else {
            const [low, high] = range(state, key)
            if (high <= low) continue
            const further = there[state]?.keys ?? none
            least = Math.min(least, (key + (further[low] ?? 0)) * unit)
            greatest = Math.max(greatest, (key + (further[high - 1] ?? 0)) * unit)
          }
        }
      })
      return least > greatest ? undefined : { least, greatest }
    },
    ...(wanted.kind === 'test'
      ? {
          get list() {
            return here.flatMap(({ keys, counts }, state) =>
              counts.flatMap((each, index) => {
                const key = keys[index] ?? 0
                if (weight(state, key) === arithmetic.zero) return []
                return [{ costs: valuesOf(key), count: arithmetic.big(each) }]
              }),
            )
          },
        }
      : {}),
    countBelow(value) {
      const bound = Math.ceil(value / unit)
      let sum = arithmetic.zero
      here.forEach(({ keys, counts }, state) => {
        const further = there[state]?.keys ?? none
        const prefix = prefixes[state] ?? []
        // Keys ascend, so that what is left for the rest only falls.
        let index = further.length
        for (let at = 0; at < keys.length; at++) {
          const left = bound - (keys[at] ?? 0)
          while (index > 0 && (further[index - 1] ?? 0) >= left) index--
          if (index === 0) break
          sum = arithmetic.add(sum, arithmetic.times(counts[at] ?? arithmetic.zero, prefix[index] ?? arithmetic.zero))
        }
      })
      return arithmetic.big(sum)
    },
  }
}

const none = new Float64Array(0)

/** Sums of the ways to every state of a cut, and from it on, by cut; both are known at the cut `at`. */
interface Met<N> {
  readonly forward: readonly (readonly Sums<N>[])[]
  readonly backward: readonly (readonly Sums<N>[])[]
  readonly at: number
}

/** Goes from both ends, always on the side where fewer sums are known, until they meet. */
function meet<N>(
  arithmetic: Arithmetic<N>,
  segments: readonly Segment<N>[],
  where: 'middle' | 'end',
  mostKeys: number,
): Met<N> | undefined {
  const start: Sums<N> = { keys: new Float64Array(1), counts: [arithmetic.one] }
  const forward: (readonly Sums<N>[])[] = [[start]]
  const backward: (readonly Sums<N>[])[] = []
  backward[segments.length] = Array.from({ length: segments.at(-1)?.ends ?? 1 }, () => start)
  let [left, right] = [0, segments.length]
  while (left < right) {
    const before = forward[left] ?? []
    const after = backward[right] ?? []
    const next = segments[left]
    const previous = segments[right - 1]
    if (!next || !previous) return undefined
    const goesForward = where === 'end' || work(next.from, before) <= work(previous.to, after)
    const sums = goesForward
      ? step(arithmetic, next.to, before, ({ from }) => from, mostKeys)
      : step(arithmetic, previous.from, after, ({ to }) => to, mostKeys)
    if (!sums || sums.reduce((all, { keys }) => all + keys.length, 0) > mostKeys) return undefined
    if (goesForward) forward[++left] = sums
    else backward[--right] = sums
  }
  return { forward, backward, at: left }
}

function work<N>(links: readonly (readonly Link<N>[])[], sums: readonly Sums<N>[]): number {
  return links.reduce((all, list, state) => {
    const size = sums[state]?.keys.length ?? 0
    return all + size * list.reduce((ways, { keys }) => ways + keys.length, 0)
  }, 0)
}

function step<N>(
  arithmetic: Arithmetic<N>,
  links: readonly (readonly Link<N>[])[],
  known: readonly Sums<N>[],
  other: (link: Link<N>) => number,
  mostKeys: number,
): readonly Sums<N>[] | undefined {
  const result: Sums<N>[] = []
  for (const list of links) {
    const parts = list.flatMap((link) => {
      const sums = known[other(link)]
      if (!sums || sums.keys.length === 0) return []
      return link.keys.map((shift, index) => ({ sums, shift, times: link.counts[index] ?? arithmetic.zero }))
    })
    const sums = combined(arithmetic, parts, mostKeys)
    if (!sums) return undefined
    result.push(sums)
  }
  return result
}

function createDrawer<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  keyOf: KeyOf,
  segments: readonly Segment<N>[],
  { forward, backward, at, prefixes }: Met<N> & { readonly prefixes: readonly (readonly N[])[] },
  weight: (state: number, key: number) => N,
  range: (state: number, key: number) => readonly [number, number],
): (random: RandomWords) => readonly Arc[] {
  const here = forward[at] ?? []
  const entries = here.map(({ keys, counts }, state) =>
    prefixSums(
      arithmetic,
      counts.map((count, index) => arithmetic.times(count, weight(state, keys[index] ?? 0))),
    ),
  )
  const states = prefixSums(
    arithmetic,
    entries.map((prefix) => prefix.at(-1) ?? arithmetic.zero),
  )
  const total = states.at(-1) ?? arithmetic.zero
  const tables = new Map<string, Tables<N>>()
  const tablesOf = (segment: Segment<N>, start: number): Tables<N> => {
    const name = `${segment.first} ${start}`
    const found = tables.get(name) ?? tablesFrom(arithmetic, diagram, segment.first, segment.last, start, keyOf)
    tables.set(name, found)
    return found
  }

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
      const { link, shift } = pickLink(arithmetic, random, segment.to[end] ?? [], ({ from }, added) =>
        countAt(arithmetic, sums[from] ?? { keys: none, counts: [] }, rest - added),
      )
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
      const { link, shift } = pickLink(arithmetic, random, segment.from[start] ?? [], ({ to }, added) =>
        countAt(arithmetic, sums[to] ?? { keys: none, counts: [] }, rest - added),
      )
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
  const drawn = uniform(arithmetic, random, prefix.at(-1) ?? arithmetic.zero)
  const option = options[lastAtMost(arithmetic, prefix, drawn)]
  if (option === undefined) throw new Error('a way that was counted is there')
  return option
}

function pickLink<N>(
  arithmetic: Arithmetic<N>,
  random: RandomWords,
  links: readonly Link<N>[],
  ways: (link: Link<N>, shift: number) => N,
): { readonly link: Link<N>; readonly shift: number } {
  const options = links.flatMap((link) =>
    link.keys.map((shift, index) => ({ link, shift, count: link.counts[index] ?? arithmetic.zero })),
  )
  return pick(arithmetic, random, options, ({ link, shift, count }) => {
    const on = ways(link, shift)
    return on === arithmetic.zero ? on : arithmetic.times(count, on)
  })
}

/** Index of the entry that a number below the last prefix falls into. */
function lastAtMost<N>(arithmetic: Arithmetic<N>, prefix: readonly N[], value: N): number {
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

function commonDivisor(diagram: Diagram, quantity: number): number {
  let divisor = 0
  for (const { arcs } of diagram.levels) {
    for (const { costs } of arcs) {
      let [a, b] = [divisor, costs[quantity] ?? 0]
      while (b !== 0) [a, b] = [b, a % b]
      divisor = a
    }
  }
  return Math.max(1, divisor)
}

function greatest(diagram: Diagram, quantity: number): number {
  let best: readonly number[] = [0]
  for (const { arcs, next } of diagram.levels) {
    const after: number[] = Array.from({ length: next }, () => -Infinity)
    for (const { from, to, costs } of arcs) {
      after[to] = Math.max(after[to] ?? -Infinity, (best[from] ?? -Infinity) + (costs[quantity] ?? 0))
    }
    best = after
  }
  return Math.max(0, ...best)
}

function hidden(diagram: Diagram, quantity: number, unit: number): number {
  return diagram.levels.reduce((all, { arcs }) => {
    return all + arcs.reduce((most, { costs }) => Math.max(most, (costs[quantity] ?? 0) % unit), 0)
  }, 0)
}
