import type { Arc, Diagram } from '../diagram/diagram.js'
import type { Arithmetic } from './sums.js'

/** A key for what an arc costs; keys add up along a path. */
export type KeyOf = (costs: readonly number[]) => number

/** A stretch of a diagram between two cuts, which have few states. */
export interface Segment<N> {
  /** Layers `first` to `last - 1` of the diagram. */
  readonly first: number
  readonly last: number
  readonly starts: number
  readonly ends: number
  /** For each pair of states that are joined: the costs of the paths between them, ascending. */
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

/** Cuts between layers at which a diagram is narrow: no more states than next to it. */
function cutsOf(diagram: Diagram): readonly number[] {
  const widths = [1, ...diagram.layers.map(({ next }) => next)]
  const cuts = [0]
  for (let cut = 1; cut < widths.length - 1; cut++) {
    const [before, here, after] = [widths[cut - 1] ?? 0, widths[cut] ?? 0, widths[cut + 1] ?? 0]
    if (here <= before && here <= after) cuts.push(cut)
  }
  if (widths.length > 1) cuts.push(widths.length - 1)
  return cuts
}

/** Cuts a diagram into segments, and sums up the paths through each. */
export function segmentsOf<N>(arithmetic: Arithmetic<N>, diagram: Diagram, keyOf: KeyOf): readonly Segment<N>[] {
  const cuts = cutsOf(diagram)
  return cuts.slice(1).map((last, index): Segment<N> => {
    const first = cuts[index] ?? 0
    const starts = diagram.layers[first]?.states ?? 1
    const ends = diagram.layers[last - 1]?.next ?? 1
    const links: Link<N>[] = []
    for (let start = 0; start < starts; start++) {
      const tables = tablesFrom(arithmetic, diagram, first, last, start, (costs) => keyOf(costs))
      for (const [to, sums] of tables.at(-1) ?? []) {
        const entries = [...sums].sort(([a], [b]) => a - b)
        links.push({ from: start, to, keys: entries.map(([key]) => key), counts: entries.map(([, count]) => count) })
      }
    }
    const from = Array.from({ length: starts }, (_, state) => links.filter((link) => link.from === state))
    const to = Array.from({ length: ends }, (_, state) => links.filter((link) => link.to === state))
    return { first, last, starts, ends, links, from, to }
  })
}

/** Paths from one state of a segment: by layer and state, how many have which key. */
export type Tables<N> = readonly ReadonlyMap<number, ReadonlyMap<number, N>>[]

export function tablesFrom<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  first: number,
  last: number,
  start: number,
  keyOf: KeyOf,
): Tables<N> {
  const tables: Map<number, Map<number, N>>[] = [new Map([[start, new Map([[0, arithmetic.one]])]])]
  for (let layer = first; layer < last; layer++) {
    const before = tables.at(-1)
    const next = new Map<number, Map<number, N>>()
    const bySource = arcsBy(diagram, layer, 'from')
    for (const [state, sums] of before ?? []) {
      for (const arc of bySource.get(state) ?? []) {
        const shift = keyOf(arc.costs)
        const target = next.get(arc.to) ?? new Map<number, N>()
        next.set(arc.to, target)
        for (const [key, count] of sums) {
          const known = target.get(key + shift)
          target.set(key + shift, known === undefined ? count : arithmetic.add(known, count))
        }
      }
    }
    tables.push(next)
  }
  return tables
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
