import type { Arc, CompiledLayer } from './diagram.js'

/** A level that leads to no more states than a width, spread evenly over all of them, and which of them those are. */
export function restricted(
  level: CompiledLayer,
  width: number,
): { readonly level: CompiledLayer; readonly kept: (state: number) => boolean } {
  const { arcs, next } = level
  if (next <= width) return { level, kept: () => true }
  const kept = new Map(Array.from({ length: width }, (_, index) => [Math.floor((index * next) / width), index]))
  const left = arcs.flatMap((arc): Arc[] => {
    const to = kept.get(arc.to)
    return to === undefined ? [] : [{ ...arc, to }]
  })
  return { level: { ...level, arcs: left, next: width }, kept: (state) => kept.has(state) }
}
