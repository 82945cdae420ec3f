import { Failure } from '../../catalogue/failure.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Diagram } from '../../support/algebraic-diagram.js'
import type { LayerNode, Network, NetworkNode } from '../network/network.js'
import { printExpression } from '../expressions/print-expression.js'
import { conventionOf, defaultConvention, type Convention } from './convention.js'
import { macsOfLayer, sizeOfWeight } from './cost.js'
import { sizeOf, type EffectiveSize } from './effective-sizes.js'

import type { OpenCostName } from './open-cost.js'
import { presenceIn, presentWeights, type OpenDecision, type Presence } from './presence.js'
import { polynomial, polynomialOf, product, type Polynomial, type SizeScope } from './size-polynomial.js'

export type { EffectiveSize } from './effective-sizes.js'

/**
 * A cost of shapes as they are weighted (Wan et al., FBNetV2, CVPR 2020, section 3.3): a layer costs what its rules say of the
 * mean sizes of what it reads and gives, as far as it is there. With one option of every decision it is what `costOf` says of
 * the network that is left.
 */
export interface EffectiveCost {
  /** The variables of the amounts. */
  readonly decisions: readonly OpenDecision[]
  /** The cost is their sum. */
  readonly terms: readonly EffectiveTerm[]
}

/** The product of sizes, times an amount that hangs on which layers are there. */
export interface EffectiveTerm {
  readonly sizes: readonly EffectiveSize[]
  readonly amount: Diagram
}

/**
 * @param name for messages, as the program writes the cost
 * @throws Failure NAS7541 where a rule is no polynomial of sizes, NAS7542 where the cost cannot be written down in little room
 */
export function effectiveCostOf(
  network: Network,
  cost: OpenCostName,
  name: string,
  convention: string = defaultConvention,
): EffectiveCost {
  const presence = presenceIn(network, name)
  const { diagrams } = presence
  const terms = new Map<string, { readonly sizes: readonly EffectiveSize[]; amount: Diagram }>()
  for (const { amount, where } of partsOf(network, presence, cost, name, conventionOf(convention))) {
    for (const { coefficient, sizes } of amount) {
      const inOrder = sizes.map((size) => [JSON.stringify(size), size] as const).sort(([a], [b]) => (a < b ? -1 : 1))
      const key = inOrder.map(([text]) => text).join()
      const term = terms.get(key) ?? { sizes: inOrder.map(([, size]) => size), amount: diagrams.leaf(0) }
      term.amount = diagrams.sum(term.amount, diagrams.product(diagrams.leaf(coefficient), where))
      terms.set(key, term)
    }
  }
  return { decisions: presence.decisions, terms: [...terms.values()] }
}

interface Part {
  readonly amount: Polynomial
  /** 1 where it counts. */
  readonly where: Diagram
}

function partsOf(
  network: Network,
  presence: Presence,
  cost: OpenCostName,
  name: string,
  rules: Convention,
): readonly Part[] {
  const { nodes, of, merges } = presence
  const layers = nodes.filter((node) => node.kind === 'layer')
  const amountOf = (layer: LayerNode, known: number, ...expressions: readonly (Expression | undefined)[]): Polynomial =>
    ruleOf({ network, layer, cost: name }, known, expressions)
  switch (cost) {
    case 'macs':
      return layers.map((layer) => {
        const extra = rules.cost === undefined ? undefined : layer.rules?.costs[rules.cost]
        return { amount: amountOf(layer, macsOfLayer(layer, rules), layer.rules?.macs, extra), where: of(layer) }
      })
    case 'parameters':
      return presentWeights(presence, layers, rules).map(({ layer, weight, where }) => {
        const [first, ...others] = layer.rules?.weights.find((rule) => rule.name === weight.name)?.shape ?? []
        const size = first && others.reduce<Expression>(times, first)
        return { amount: amountOf(layer, sizeOfWeight(weight), size), where }
      })
    case 'activation_bytes':
      return nodes.flatMap((node) => {
        if (node.kind === 'input' || node.kind === 'edge') return []
        const sizes = (['height', 'width', 'channels'] as const).map((axis) => polynomial(sizeOf(node, axis)))
        return [
          { amount: sizes.reduce(product, polynomial(4)), where: node.kind === 'layer' ? of(node) : merges(node) },
        ]
      })
  }
}

function times(left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator: '*', left, right }
}

interface RuleUse {
  readonly network: Network
  readonly layer: LayerNode
  /** For messages. */
  readonly cost: string
}

/** The sum of rules of a layer. @param known what they come to where no size is open */
function ruleOf(use: RuleUse, known: number, expressions: readonly (Expression | undefined)[]): Polynomial {
  const { network, layer, cost } = use
  const source = network.nodes[layer.inputs[0] ?? -1]
  if (source === undefined) throw new Error(`${layer.path} reads a node that does not exist`)
  if (layer.elastic === undefined && source.elastic === undefined) return polynomial(known)
  const scope = scopeOf(layer, source)
  return expressions.flatMap((expression) => {
    if (expression === undefined) return []
    const found = polynomialOf(expression, scope)
    if (found !== undefined) return found
    throw new Failure('cost-of-shapes', { cost, path: layer.path, reason: noPolynomial(layer, expression) })
  })
}

function noPolynomial({ operation }: LayerNode, expression: Expression): string {
  return `what \`${operation}\` costs, ${printExpression(expression)}, is no sum of products of sizes`
}

function scopeOf(layer: LayerNode, source: NetworkNode): SizeScope {
  const { attributes, rules } = layer
  return {
    local(name) {
      const value = attributes[name]
      if (typeof value !== 'number') return typeof value === 'boolean' ? value : undefined
      const asked = rules?.out.channels
      if (asked?.kind === 'local' && asked.name === name) return polynomial(sizeOf(layer, 'channels'))
      const varying = layer.elastic?.find((each) => each.attributes?.some((other) => other[name] !== value))
      if (varying === undefined) return polynomial(value)
      const values = (varying.attributes ?? []).map((each) => Number(each[name]))
      return polynomial({ kind: 'single', decision: varying.decision, values })
    },
    context: (name) => (name === 'in' ? polynomial(sizeOf(source, 'channels')) : undefined),
    field(of, name) {
      if (of === 'input') return polynomial(sizeOf(source, name))
      return of === 'out' ? polynomial(sizeOf(layer, name)) : undefined
    },
  }
}
