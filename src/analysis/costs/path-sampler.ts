import type { Arc } from '../diagram/diagram.js'
import type { JoinedSums } from './joined-sums.js'
import type { QueryMatch } from './query-match.js'
import { lastAtMost, pick, uniform, type RandomWords } from './random-choice.js'
import { segmentSampler } from './segment-sampler.js'
import type { Link } from './segments.js'
import { countAt, lastOf, prefixSums, type Sums } from './sums.js'

export type PathSampler = (random: RandomWords) => readonly Arc[]

/** Prepares drawing: each path that is meant as likely as any other, without redraws. */
export function createPathSampler<N>(sums: JoinedSums<N>, match: Pick<QueryMatch<N>, 'weight' | 'range'>): PathSampler {
  const { arithmetic, segments, meeting } = sums
  const pickJoint = jointSampler(sums, match)
  const pickWithin = segmentSampler(sums)
  const keyedLinksOf = memoizedKeyedLinks<N>()
  /** One of the links with one of its keys, so that what lies behind it has the rest of the key. */
  const pickLink = (
    random: RandomWords,
    links: readonly Link<N>[],
    behind: (link: Link<N>) => Sums<N> | undefined,
    rest: number,
  ): KeyedLink<N> =>
    pick(arithmetic, random, keyedLinksOf(links), ({ link, shift, count }) => {
      const further = behind(link)
      const on = further ? countAt(arithmetic, further, rest - shift) : arithmetic.zero
      return on === arithmetic.zero ? on : arithmetic.times(count, on)
    })

  return (random) => {
    const joint = pickJoint(random)
    const before: (readonly Arc[])[] = []
    let [state, rest] = [joint.state, joint.key]
    for (const [cut, segment] of [...segments.slice(0, meeting.at).entries()].reverse()) {
      const { link, shift } = pickLink(
        random,
        segment.to[state] ?? [],
        ({ from }) => meeting.forward[cut]?.[from],
        rest,
      )
      before.push(pickWithin(random, segment, link.from, state, shift))
      state = link.from
      rest -= shift
    }
    const after: (readonly Arc[])[] = []
    state = joint.state
    rest = joint.pickKeyAfter(random)
    for (const [index, segment] of segments.slice(meeting.at).entries()) {
      const cut = meeting.at + index + 1
      const { link, shift } = pickLink(random, segment.from[state] ?? [], ({ to }) => meeting.backward[cut]?.[to], rest)
      after.push(pickWithin(random, segment, state, link.to, shift))
      state = link.to
      rest -= shift
    }
    return [...before.reverse(), ...after].flat()
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
  { weight, range }: Pick<QueryMatch<N>, 'weight' | 'range'>,
): (random: RandomWords) => Joint {
  const entries = before.map(({ keys, counts }, state) => {
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
  return (random) => {
    const drawn = uniform(arithmetic, random, total)
    const state = lastAtMost(arithmetic, states, drawn)
    const left = arithmetic.minus(drawn, states[state] ?? arithmetic.zero)
    const key = before[state]?.keys[lastAtMost(arithmetic, entries[state] ?? [], left)] ?? 0
    return {
      state,
      key,
      pickKeyAfter(again) {
        const [low, high] = range(state, key)
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
