import type { Arc, CompiledLayer } from './diagram.js'

/** A layer that leads to no more states than a width, spread evenly over all of them, and which of them those are. */
export function restricted(
  layer: Omit<CompiledLayer, 'outputs'>,
  width: number,
): { readonly layer: Omit<CompiledLayer, 'outputs'>; readonly kept: (state: number) => boolean } {
  const { arcs, next } = layer
  if (next <= width) return { layer, kept: () => true }
  const kept = new Map(Array.from({ length: width }, (_, index) => [Math.floor((index * next) / width), index]))
  const left = arcs.flatMap((arc): Arc[] => {
    const to = kept.get(arc.to)
    return to === undefined ? [] : [{ ...arc, to }]
  })
  return { layer: { ...layer, arcs: left, next: width }, kept: (state) => kept.has(state) }
}
