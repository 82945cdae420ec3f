import { throughPath } from '../decisions/decision-path.js'
import type { MixNode, Network } from './network.js'

/** An edge that a node may take, and whose operation is a choice with one that makes zeros among others. */
export interface ContestedEdge {
  /** Path of the choice of inputs. */
  readonly from: string
  /** Option of that choice. */
  readonly input: number
  /** Path of the choice of the operation. */
  readonly through: string
  /** Option of that choice that makes zeros: no connection. */
  readonly none: number
  /** The other ones. */
  readonly others: readonly number[]
}

/** Of a network in which both choices are open; each once, however many copies the cell has. */
export function contestedEdges({ nodes }: Pick<Network, 'nodes'>): readonly ContestedEdge[] {
  const mixes = new Map(nodes.flatMap((node) => (node.kind === 'mix' ? [[node.decision, node]] : [])))
  const edges = new Map<string, ContestedEdge>()
  for (const node of nodes) {
    if (node.kind !== 'merge' || node.relaxed === undefined) continue
    const { decision: from, options } = node.relaxed
    node.inputs.forEach((id, i) => {
      const [edge, input] = [nodes[id], options[i]]
      if (edge?.kind !== 'edge' || input === undefined) return
      const through = throughPath(from, edge.source)
      const mix = mixes.get(through)
      const [zeros = [], others = []] = mix === undefined ? [] : partition(nodes, mix)
      const [none] = zeros
      if (none !== undefined && others.length > 0) edges.set(through, { from, input, through, none, others })
    })
  }
  return [...edges.values()]
}

/** Options that make zeros, and the others. */
function partition(
  nodes: Network['nodes'],
  { options, inputs }: MixNode,
): readonly [readonly number[], readonly number[]] {
  const makesZeros = inputs.map((id) => {
    const node = nodes[id]
    return node?.kind === 'layer' && node.operation === 'zero'
  })
  return [options.filter((_, i) => makesZeros[i]), options.filter((_, i) => !makesZeros[i])]
}
