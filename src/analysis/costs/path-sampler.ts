import type { Arc } from '../diagram/diagram.js'
import type { JoinedSums } from './joined-sums.js'
import type { QueryMatch } from './query-match.js'
import { lastAtMost, pick, uniform, type RandomWords } from './random-choice.js'
import { segmentSampler } from './segment-sampler.js'
import type { Link } from './segments.js'
import type { CutSums } from './meet-in-the-middle.js'
import { below, countAt, lastOf, prefixSums, type Sums } from './sums.js'

export type PathSampler = (random: RandomWords) => readonly Arc[]

/** Prepares drawing: each path that might be meant as likely as any other. */
export function createPathSampler<N>(
  sums: JoinedSums<N>,
  match: Pick<QueryMatch<N>, 'possible' | 'possibleRange'>,
): PathSampler {
  const { segments, halves } = sums
  const pickJoint = jointSampler(sums, match)
  const pickWithin = segmentSampler(sums)
  const pickLink = linkSampler(sums)

  return (random) => {
    const joint = pickJoint(random)
    const before: (readonly Arc[])[] = []
    let [state, key] = [joint.state, joint.key]
    for (const [cut, segment] of [...segments.slice(0, halves.at).entries()].reverse()) {
      const [behind, here] = [halves.forward[cut], halves.forward[cut + 1]]
      const { link, shift, rest } = pickLink(random, segment.to[state] ?? [], 'from', behind, here, key)
      before.push(pickWithin(random, segment, link.from, state, shift))
      state = link.from
      key = rest
    }
    const after: (readonly Arc[])[] = []
    state = joint.state
    key = joint.pickKeyAfter(random)
    for (const [index, segment] of segments.slice(halves.at).entries()) {
      const cut = halves.at + index
      const [behind, here] = [halves.backward[cut + 1], halves.backward[cut]]
      const { link, shift, rest } = pickLink(random, segment.from[state] ?? [], 'to', behind, here, key)
      after.push(pickWithin(random, segment, state, link.to, shift))
      state = link.to
      key = rest
    }
    return [...before.reverse(), ...after].flat()
  }
}

/** One of the links with one of its keys, and a key of what lies behind it: all that rounds to the key at hand. */
type LinkSampler<N> = (
  random: RandomWords,
  links: readonly Link<N>[],
  side: 'from' | 'to',
  behind: CutSums<N> | undefined,
  here: CutSums<N> | undefined,
  key: number,
) => { readonly link: Link<N>; readonly shift: number; readonly rest: number }

function linkSampler<N>({ arithmetic }: JoinedSums<N>): LinkSampler<N> {
  const keyedLinksOf = memoizedKeyedLinks<N>()
  const prefixes = new WeakMap<Sums<N>, ArrayLike<N>>()
  const prefixOf = (sums: Sums<N>): ArrayLike<N> => {
    const found = prefixes.get(sums) ?? prefixSums(arithmetic, sums.counts)
    prefixes.set(sums, found)
    return found
  }
  return (random, links, side, behind, here, key) => {
    const grain = here?.grain ?? 1
    const sumsOf = (link: Link<N>): Sums<N> | undefined => behind?.sums[link[side]]
    /** How many of the paths behind have one of the keys that round to the rest, by the numbers of these keys. */
    const restOf = (sums: Sums<N>, shift: number): { readonly first: N; readonly count: N } => {
      const [low, high] = [below(sums.keys, key - shift), below(sums.keys, key - shift + grain)]
      const prefix = prefixOf(sums)
      const [first = arithmetic.zero, last = arithmetic.zero] = [prefix[low], prefix[high]]
      return { first, count: high > low ? arithmetic.minus(last, first) : arithmetic.zero }
    }
    const { link, shift } = pick(arithmetic, random, keyedLinksOf(links), ({ link, shift, count }) => {
      const sums = sumsOf(link)
      if (!sums) return arithmetic.zero
      const on = grain === 1 ? countAt(arithmetic, sums, key - shift) : restOf(sums, shift).count
      return on === arithmetic.zero ? on : arithmetic.times(count, on)
    })
    const sums = sumsOf(link)
    if (grain === 1 || !sums) return { link, shift, rest: key - shift }
    const { first, count } = restOf(sums, shift)
    const chosen = arithmetic.add(first, uniform(arithmetic, random, count))
    return { link, shift, rest: sums.keys[lastAtMost(arithmetic, prefixOf(sums), chosen)] ?? 0 }
  }
}

/** Where a path crosses the cut: the state, the key of what is before it, and how to draw the key of what is behind. */
interface Joint {
  readonly state: number
  readonly key: number
  readonly pickKeyAfter: (random: RandomWords) => number
}

function jointSampler<N>(
  { arithmetic, before, after, prefixes }: JoinedSums<N>,
  { possible, possibleRange }: Pick<QueryMatch<N>, 'possible' | 'possibleRange'>,
): (random: RandomWords) => Joint {
  const entries = before.map(({ keys, counts }, state) => {
    const weighted = arithmetic.row(counts.length)
    for (let index = 0; index < counts.length; index++) {
      weighted[index] = arithmetic.times(counts[index] ?? arithmetic.zero, possible(state, keys[index] ?? 0))
    }
    return prefixSums(arithmetic, weighted)
  })
  const states = prefixSums(
    arithmetic,
    entries.map((prefix) => lastOf(arithmetic, prefix)),
  )
  const total = lastOf(arithmetic, states)
  return (random) => {
    const drawn = uniform(arithmetic, random, total)
    const state = lastAtMost(arithmetic, states, drawn)
    const left = arithmetic.minus(drawn, states[state] ?? arithmetic.zero)
    const key = before[state]?.keys[lastAtMost(arithmetic, entries[state] ?? [], left)] ?? 0
    return {
      state,
      key,
      pickKeyAfter(again) {
        const [low, high] = possibleRange(state, key)
        const prefix = prefixes[state] ?? []
        const [lowest, highest] = [prefix[low] ?? arithmetic.zero, prefix[high] ?? arithmetic.zero]
        const chosen = arithmetic.add(lowest, uniform(arithmetic, again, arithmetic.minus(highest, lowest)))
        return after[state]?.keys[lastAtMost(arithmetic, prefix, chosen)] ?? 0
      },
    }
  }
}

/** A link together with one of its keys. */
interface KeyedLink<N> {
  readonly link: Link<N>
  readonly shift: number
  readonly count: N
}

/** A function that lists the links with each of their keys; asked again for the same links, it is the same list. */
function memoizedKeyedLinks<N>(): (links: readonly Link<N>[]) => readonly KeyedLink<N>[] {
  const known = new WeakMap<readonly Link<N>[], readonly KeyedLink<N>[]>()
  return (links) => {
    const found = known.get(links)
    if (found) return found
    const keyed = links.flatMap((link) =>
      link.keys.flatMap((shift, index): readonly KeyedLink<N>[] => {
        const count = link.counts[index]
        return count === undefined ? [] : [{ link, shift, count }]
      }),
    )
    known.set(links, keyed)
    return keyed
  }
}
