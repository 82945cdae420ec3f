import { countDistinct } from '../../../src/analysis/index.js'
import type { Network } from '../../../src/space/index.js'
import type { Comparison } from './case.js'

/** Where it is said how many networks differ, they are told apart by how their layers follow each other. */
export const distinct: Comparison = ({ ir, space, params, members }) => {
  const found = countDistinct(ir, space, { params })
  if (!('count' in found)) return undefined
  const networks = new Set(members.map(({ network }) => written(network)))
  return found.count === BigInt(networks.size)
    ? undefined
    : `${found.count} networks are said to differ of ${members.length}, and ${networks.size} do`
}

/** A network without the names of its parts: every layer with what it reads, terms of sums and products in any order. */
function written({ nodes, logits }: Network): string {
  const texts = new Map<number, number>()
  const numbers = new Map<string, number>()
  const textOf = (id: number): number => {
    const known = texts.get(id)
    if (known !== undefined) return known
    const node = nodes[id]
    if (!node) throw new Error(`no node ${id}`)
    const inputs = node.inputs.map(textOf)
    const text = JSON.stringify(
      node.kind === 'layer'
        ? [node.operation, node.attributes, node.shape, inputs]
        : node.kind === 'merge'
          ? [node.merge, node.merge === 'concat' ? inputs : inputs.toSorted((a, b) => a - b)]
          : node.kind === 'edge'
            ? inputs[0]
            : [node.kind, node.shape, inputs],
    )
    const number = node.kind === 'edge' ? (inputs[0] ?? 0) : (numbers.get(text) ?? numbers.size)
    if (node.kind !== 'edge') numbers.set(text, number)
    texts.set(id, number)
    return number
  }
  textOf(logits)
  return JSON.stringify([...numbers.keys()])
}
