import type { NetworkNode } from './network.js'
import type { NodeStore } from './node-store.js'

/** Nodes that stand one behind the other: all that was built under a path. */
export interface NodeRange {
  readonly path: string
  /** What was there before and is read. */
  readonly inputs: readonly number[]
  /** The first node, and the one behind the last. */
  readonly from: number
  readonly to: number
  readonly output: number
}

/** Adds the nodes of a range once more, or only its end where no more is asked for. Gives its output. */
export function repeatRange(
  store: NodeStore,
  range: NodeRange,
  path: string,
  inputs: readonly number[],
  onlyEnd: boolean,
): number {
  const { from, to, output } = range
  if (onlyEnd && output >= from)
    return store.add({ ...renamed(store.node(output), range.path, path), id: store.nextId(), inputs })
  const shift = store.nodes.length - from
  const idOf = (id: number): number => (id >= from ? id + shift : (inputs[range.inputs.indexOf(id)] ?? id))
  for (let id = from; id < to; id++) {
    const each = renamed(store.node(id), range.path, path)
    store.add({ ...each, id: store.nextId(), inputs: each.inputs.map(idOf) })
  }
  return idOf(output)
}

function renamed(node: NetworkNode, before: string, now: string): NetworkNode {
  const rename = (path: string): string => `${now}${path.slice(before.length)}`
  const path = rename(node.path)
  if (node.kind !== 'layer') return { ...node, path }
  return { ...node, path, weights: node.weights.map((weight) => ({ ...weight, path: rename(weight.path) })) }
}
