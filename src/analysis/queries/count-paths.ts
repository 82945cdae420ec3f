import type { Diagram } from '../diagram/diagram.js'

/** Number of paths of a diagram: the architectures of which it is made. */
export function countPaths(diagram: Diagram): bigint {
  let counts: readonly bigint[] = [1n]
  for (const { arcs, next } of diagram.layers) {
    const after = Array.from({ length: next }, () => 0n)
    for (const { from, to } of arcs) after[to] = (after[to] ?? 0n) + (counts[from] ?? 0n)
    counts = after
  }
  return counts.reduce((sum, count) => sum + count, 0n)
}
