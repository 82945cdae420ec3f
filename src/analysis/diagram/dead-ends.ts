import type { CompiledLayer } from './diagram.js'

/** Without arcs from which no path leads to the end. */
export function withoutDeadEnds(layers: readonly CompiledLayer[]): readonly CompiledLayer[] {
  const result: CompiledLayer[] = []
  let alive: ReadonlySet<number> | undefined
  for (const layer of layers.toReversed()) {
    const arcs = alive ? layer.arcs.filter(({ to }) => alive?.has(to)) : layer.arcs
    alive = new Set(arcs.map(({ from }) => from))
    result.push({ ...layer, arcs })
  }
  return result.reverse()
}
