import type { NetworkBuilder } from './network-builder.js'
import type { LayerNode, MergeNode } from './network.js'

/** What a composed operation comes to on a map of some shape, wherever it stands. */
export interface OperationBody {
  /** The nodes behind node 0, which is the map; their paths are relative to the place. */
  readonly nodes: readonly (LayerNode | MergeNode)[]
  readonly output: number
}

/** Adds the nodes of a body behind a map, at a path. Gives its output. */
export function addBody(
  builder: Pick<NetworkBuilder, 'merge' | 'layer'>,
  path: string,
  { nodes, output }: OperationBody,
  input: number,
): number {
  const ids = [input]
  const idOf = (position: number): number => ids[position] ?? input
  for (const node of nodes) {
    const at = `${path}${node.path}`
    if (node.kind === 'merge') {
      ids.push(builder.merge(at, node.merge, node.inputs.map(idOf), node.residual ? { residual: true } : {}))
    } else {
      const { shape, operation, attributes, cost, rules } = node
      const weights = node.weights.map((weight) => ({ ...weight, path: `${path}${weight.path}` }))
      const input = idOf(node.inputs[0] ?? 0)
      ids.push(builder.layer({ path: at, input, shape, operation, attributes, weights, cost, rules }))
    }
  }
  return idOf(output)
}
