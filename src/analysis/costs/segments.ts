import type { Budget } from '../../space/limits/budget.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import type { Arithmetic } from './sums.js'

/** A key for what an arc costs; keys add up along a path. */
export type KeyOf = (costs: readonly number[]) => number

/** Some layers of a diagram between two cuts. */
export interface Segment<N> {
  /** Layers `first` to `last - 1` of the diagram. */
  readonly first: number
  readonly last: number
  readonly starts: number
  readonly ends: number
  /** For each pair of states that are joined: the keys of the paths between them, ascending. */
  readonly links: readonly Link<N>[]
  /** Links by the state they start from, and by the state they lead to. */
  readonly from: readonly (readonly Link<N>[])[]
  readonly to: readonly (readonly Link<N>[])[]
}

export interface Link<N> {
  readonly from: number
  readonly to: number
  readonly keys: readonly number[]
  readonly counts: readonly N[]
}

/** Layers before which a diagram is narrow: no more states than next to it. */
function cutsOf(diagram: Diagram): readonly number[] {
  const widths = [1, ...diagram.layers.map(({ next }) => next)]
  const cuts = [0]
  for (let layer = 1; layer < widths.length - 1; layer++) {
    const [before, here, after] = [widths[layer - 1] ?? 0, widths[layer] ?? 0, widths[layer + 1] ?? 0]
    if (here <= before && here <= after) cuts.push(layer)
  }
  if (widths.length > 1) cuts.push(widths.length - 1)
  return cuts
}

/** As many keys of a segment are kept at once; a segment with more falls into its layers. */
const mostKeys = 1_000_000

/** Cuts a diagram into segments where it is narrow, and sums up the paths through each. */
export function segmentsOf<N>(
  arithmetic: Arithmetic<N>,
  budget: Budget,
  diagram: Diagram,
  keyOf: KeyOf,
): readonly Segment<N>[] {
  const cuts = cutsOf(diagram)
  return cuts.slice(1).flatMap((last, index) => {
    const first = cuts[index] ?? 0
    budget.enter(diagram.layers[first]?.at ?? '')
    const whole = segmentOf(arithmetic, budget, diagram, first, last, keyOf, mostKeys)
    if (whole) return [whole]
    return Array.from({ length: last - first }, (_, offset) => {
      const layer = first + offset
      budget.enter(diagram.layers[layer]?.at ?? '')
      const one = segmentOf(arithmetic, budget, diagram, layer, layer + 1, keyOf, Infinity)
      if (!one) throw new Error('a layer has as many keys as arcs at most')
      return one
    })
  })
}

/** Undefined if there are too many keys. */
function segmentOf<N>(
  arithmetic: Arithmetic<N>,
  budget: Budget,
  diagram: Diagram,
  first: number,
  last: number,
  keyOf: KeyOf,
  most: number,
): Segment<N> | undefined {
  const starts = diagram.layers[first]?.states ?? 1
  const ends = diagram.layers[last - 1]?.next ?? 1
  const from: Link<N>[][] = Array.from({ length: starts }, () => [])
  const to: Link<N>[][] = Array.from({ length: ends }, () => [])
  let left = most
  for (let start = 0; start < starts; start++) {
    const tables = tablesFrom(arithmetic, budget, diagram, { first, last, start }, keyOf, left)
    if (!tables) return undefined
    for (const [end, sums] of tables.at(-1) ?? []) {
      const entries = [...sums].sort(([a], [b]) => a - b)
      left -= entries.length
      const [keys, counts] = [entries.map(([key]) => key), entries.map(([, count]) => count)]
      const link = { from: start, to: end, keys, counts }
      from[start]?.push(link)
      to[end]?.push(link)
    }
  }
  return { first, last, starts, ends, links: from.flat(), from, to }
}

/** Paths from one state of a segment: by layer and state, how many have which key. */
export type Tables<N> = readonly ReadonlyMap<number, ReadonlyMap<number, N>>[]

/** @returns undefined if there are more keys than `most` */
export function tablesFrom<N>(
  arithmetic: Arithmetic<N>,
  budget: Budget,
  diagram: Diagram,
  { first, last, start }: Pick<Segment<N>, 'first' | 'last'> & { readonly start: number },
  keyOf: KeyOf,
  most: number,
): Tables<N> | undefined {
  const tables: Map<number, Map<number, N>>[] = [new Map([[start, new Map([[0, arithmetic.one]])]])]
  let left = most
  for (let layer = first; layer < last; layer++) {
    const before = tables.at(-1)
    const next = new Map<number, Map<number, N>>()
    const bySource = arcsBy(diagram, layer, 'from')
    for (const [state, sums] of before ?? []) {
      for (const arc of bySource.get(state) ?? []) {
        const shift = keyOf(arc.costs)
        const target = next.get(arc.to) ?? new Map<number, N>()
        next.set(arc.to, target)
        const known = target.size
        addShifted(arithmetic, target, sums, shift)
        left -= target.size - known
        budget.spend(sums.size)
        if (left < 0) return undefined
      }
    }
    tables.push(next)
  }
  return tables
}

function addShifted<N>(
  arithmetic: Arithmetic<N>,
  target: Map<number, N>,
  sums: ReadonlyMap<number, N>,
  shift: number,
): void {
  for (const [key, count] of sums) {
    const known = target.get(key + shift)
    target.set(key + shift, known === undefined ? count : arithmetic.add(known, count))
  }
}

const indexed = new WeakMap<readonly Arc[], { from?: ReadonlyMap<number, Arc[]>; to?: ReadonlyMap<number, Arc[]> }>()

/** Arcs of a layer by one of their states. */
export function arcsBy(diagram: Diagram, layer: number, end: 'from' | 'to'): ReadonlyMap<number, readonly Arc[]> {
  const arcs = diagram.layers[layer]?.arcs ?? []
  const known = indexed.get(arcs) ?? {}
  indexed.set(arcs, known)
  const found = known[end]
  if (found) return found
  const map = new Map<number, Arc[]>()
  for (const arc of arcs) {
    const list = map.get(arc[end])
    if (list) list.push(arc)
    else map.set(arc[end], [arc])
  }
  known[end] = map
  return map
}
