import { Failure } from '../../catalogue/failure.js'
import { variablesOf, type Diagram } from '../../support/algebraic-diagram.js'
import type { Network } from '../network/network.js'
import { conventionOf, defaultConvention, type Convention } from './convention.js'
import { bytesOf, macsOfLayer, sizeOfWeight } from './cost.js'
import { presenceIn, presentWeights, type OpenDecision, type Presence } from './presence.js'

/** Costs that every network has, by their names in the language. */
export const openCosts = ['macs', 'parameters', 'activation_bytes'] as const
export type OpenCostName = (typeof openCosts)[number]

/** A cost of a network with open decisions: what `costOf` says of the network that they are fixed to. */
export interface OpenCost {
  /** The variables of the terms. */
  readonly decisions: readonly OpenDecision[]
  /** The cost is their sum; each depends on other decisions than the others, or on others together. */
  readonly terms: readonly Diagram[]
}

/**
 * @param name for messages, as the program writes the cost
 * @throws Failure NAS7541 where what is open decides shapes, NAS7542 where the cost cannot be written down in little room,
 *         NAS8120 on an unknown convention
 */
export function openCostOf(
  network: Network,
  cost: OpenCostName,
  name: string,
  convention: string = defaultConvention,
): OpenCost {
  const presence = presenceIn(network, name)
  const { diagrams } = presence
  for (const { path, elastic = [] } of presence.nodes) {
    const [first] = elastic
    if (first === undefined) continue
    const reason = `\`${first.decision}\`, relaxed by ${first.by}, decides its shape`
    throw new Failure('cost-of-shapes', { cost: name, path, reason })
  }
  // Few conditions stand for many layers.
  const amounts = new Map<Diagram, number>()
  for (const { amount, where } of partsOf(presence, cost, conventionOf(convention))) {
    amounts.set(where, (amounts.get(where) ?? 0) + amount)
  }
  const terms = new Map<string, Diagram>()
  for (const [where, amount] of amounts) {
    const key = variablesOf(where).join()
    const own = diagrams.product(diagrams.leaf(amount), where)
    terms.set(key, diagrams.sum(terms.get(key) ?? diagrams.leaf(0), own))
  }
  return { decisions: presence.decisions, terms: [...terms.values()] }
}

interface Part {
  readonly amount: number
  /** 1 where it counts. */
  readonly where: Diagram
}

function partsOf(presence: Presence, cost: OpenCostName, rules: Convention): readonly Part[] {
  const { nodes, of, merges } = presence
  const layers = nodes.filter((node) => node.kind === 'layer')
  switch (cost) {
    case 'macs':
      return layers.map((layer) => ({ amount: macsOfLayer(layer, rules), where: of(layer) }))
    case 'parameters':
      return presentWeights(presence, layers, rules).map(({ weight, where }) => ({
        amount: sizeOfWeight(weight),
        where,
      }))
    case 'activation_bytes':
      return nodes.flatMap((node) => {
        if (node.kind === 'input' || node.kind === 'edge') return []
        return [{ amount: bytesOf(node), where: node.kind === 'layer' ? of(node) : merges(node) }]
      })
  }
}
