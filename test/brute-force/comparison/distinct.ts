import { countDistinct } from '../../../src/analysis/index.js'
import type { Network } from '../../../src/space/index.js'
import type { Comparison } from './case.js'

/** Where it is said how many networks differ, they are told apart by how their layers follow each other. */
export const distinct: Comparison = ({ ir, space, params, members }) => {
  const found = countDistinct(ir, space, { params })
  if (!('count' in found)) return undefined
  const numbers = new Map<string, number>()
  const networks = new Set(members.map(({ network }) => numberOf(network, numbers)))
  return found.count === BigInt(networks.size)
    ? undefined
    : `${found.count} networks are said to differ of ${members.length}, and ${networks.size} do`
}

/**
 * The number of what a network computes, without the names of its parts: every layer with what it reads, terms of sums and
 * products in any order.
 *
 * @param numbers of everything so far, in any network
 */
function numberOf({ nodes, logits }: Network, numbers: Map<string, number>): number {
  const known = new Map<number, number>()
  const ofNode = (id: number): number => {
    const before = known.get(id)
    if (before !== undefined) return before
    const node = nodes[id]
    if (!node) throw new Error(`no node ${id}`)
    const inputs = node.inputs.map(ofNode)
    const number = node.kind === 'edge' ? (inputs[0] ?? 0) : numbered(textOf(node, inputs), numbers)
    known.set(id, number)
    return number
  }
  return ofNode(logits)
}

function textOf(node: Network['nodes'][number], inputs: readonly number[]): string {
  switch (node.kind) {
    case 'layer':
      return JSON.stringify([node.operation, node.attributes, node.shape, inputs])
    case 'merge':
      return JSON.stringify([node.merge, node.merge === 'concat' ? inputs : inputs.toSorted((a, b) => a - b)])
    default:
      return JSON.stringify([node.kind, node.shape, inputs])
  }
}

function numbered(text: string, numbers: Map<string, number>): number {
  const number = numbers.get(text) ?? numbers.size
  numbers.set(text, number)
  return number
}
