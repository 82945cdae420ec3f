import type { Link, Segment } from './segments.js'
import { combined, type Arithmetic, type Sums } from './sums.js'

/** Sums of the paths to every state of a cut, and from it on, by cut; both are known at the cut `at`. */
export interface MeetInTheMiddle<N> {
  readonly forward: readonly (readonly Sums<N>[])[]
  readonly backward: readonly (readonly Sums<N>[])[]
  readonly at: number
}

/** Goes from both ends, always on the side where fewer sums are known, until they meet. */
export function meetInTheMiddle<N>(
  arithmetic: Arithmetic<N>,
  segments: readonly Segment<N>[],
  where: 'middle' | 'end',
  mostKeys: number,
): MeetInTheMiddle<N> | undefined {
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
      ? extended(arithmetic, next.to, before, ({ from }) => from, mostKeys)
      : extended(arithmetic, previous.from, after, ({ to }) => to, mostKeys)
    if (!sums || sums.reduce((all, { keys }) => all + keys.length, 0) > mostKeys) return undefined
    if (goesForward) forward[++left] = sums
    else backward[--right] = sums
  }
  return { forward, backward, at: left }
}

function work<N>(links: readonly (readonly Link<N>[])[], sums: readonly Sums<N>[]): number {
  return links.reduce((all, list, state) => {
    const size = sums[state]?.keys.length ?? 0
    return all + size * list.reduce((paths, { keys }) => paths + keys.length, 0)
  }, 0)
}

function extended<N>(
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
