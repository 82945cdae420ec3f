import { Failure } from '../../catalogue/failure.js'
import { createDiagrams, type Diagram, type Diagrams } from '../../support/algebraic-diagram.js'
import type { LayerNode, Network, NetworkNode, Weight } from '../network/network.js'
import { mostOptionSets, optionSets, type OptionCounts } from '../decisions/option-sets.js'
import type { Convention } from './convention.js'
import { countedWeights, nodesBefore } from './cost.js'

/** An open decision as a variable: its values are the selections that an architecture may make. */
export interface OpenDecision {
  /** Path of the decision. */
  readonly decision: string
  /** How many options it has. */
  readonly options: number
  /** Options that are taken together, by value: one each where the decision takes one. */
  readonly selections: readonly (readonly number[])[]
}

/**
 * What of a network is there, as functions of what its open decisions take: the network that they are fixed to is built of
 * the same nodes, without mixes, and what is not used in it is not counted.
 */
export interface Presence {
  readonly diagrams: Diagrams
  /** The variables, those next to the output first. */
  readonly decisions: readonly OpenDecision[]
  /** Nodes that are there under some selections, in their order. */
  readonly nodes: readonly NetworkNode[]
  /** 1 where a node is there and computed from, 0 elsewhere. */
  readonly of: (node: NetworkNode) => Diagram
  /** 1 where it is there and has several inputs. */
  readonly merges: (node: NetworkNode) => Diagram
}

/**
 * @throws Failure NAS7541 where another selection has other shapes, NAS7542 where the decisions are entangled
 */
export function presenceIn(network: Network, cost: string): Presence {
  const before = nodesBefore(network, network.logits)
  const nodes = network.nodes.filter(({ id }) => before.has(id))
  const refuse = (path: string, reason: string): never => {
    throw new Failure('cost-of-shapes', { cost, path, reason })
  }
  const decisions = openDecisions(network, nodes, cost, refuse)
  const diagrams = createDiagrams((count) => {
    if (count > mostBranches)
      throw new Failure('cost-of-entangled-decisions', { cost, what: 'Its diagram', most: mostBranches })
  })
  const taken = takenInputs(diagrams, decisions)
  const [none, all] = [diagrams.leaf(0), diagrams.leaf(1)]

  // What reads nothing is not there, and whoever would read it does without it.
  const exists = new Map<number, Diagram>()
  const arriving = (node: NetworkNode): readonly Diagram[] =>
    node.inputs.map((input, i) => diagrams.product(taken(node, i), exists.get(input) ?? none))
  for (const node of nodes) {
    exists.set(node.id, node.inputs.length === 0 ? all : arriving(node).reduce(diagrams.maximum))
  }
  if (exists.get(network.logits) !== all) refuse('the output', 'it may be without any input')

  const used = new Map<number, Diagram>([[network.logits, all]])
  for (const node of nodes.toReversed()) {
    const own = used.get(node.id) ?? none
    node.inputs.forEach((input, i) => {
      used.set(input, diagrams.maximum(used.get(input) ?? none, diagrams.product(own, taken(node, i))))
    })
  }

  const of = (node: NetworkNode): Diagram => diagrams.product(exists.get(node.id) ?? none, used.get(node.id) ?? none)
  for (const node of nodes) {
    if (node.kind !== 'merge' || node.merge !== 'concat') continue
    const own = of(node)
    if (arriving(node).some((each) => diagrams.product(own, each) !== own)) {
      refuse(node.path, 'what it concatenates hangs on decisions, and so does its number of channels')
    }
  }
  return {
    diagrams,
    decisions,
    nodes,
    of,
    merges: (node) =>
      diagrams.product(
        of(node),
        diagrams.map(arriving(node).reduce(diagrams.sum, none), (count) => Number(count > 1)),
      ),
  }
}

export interface PresentWeight {
  /** The first one that reads it. */
  readonly layer: LayerNode
  readonly weight: Weight
  /** 1 where it is read. */
  readonly where: Diagram
}

/** The weights that a convention counts: each once, however many layers read it. */
export function presentWeights(
  { diagrams, of }: Pick<Presence, 'diagrams' | 'of'>,
  layers: readonly LayerNode[],
  rules: Convention,
): readonly PresentWeight[] {
  const found = new Map<string, PresentWeight>()
  for (const layer of layers) {
    for (const weight of countedWeights(layer, rules)) {
      const before = found.get(weight.path) ?? { layer, weight, where: diagrams.leaf(0) }
      found.set(weight.path, { ...before, where: diagrams.maximum(before.where, of(layer)) })
    }
  }
  return [...found.values()]
}

/** Branches of diagrams: beyond, a cost takes longer than what it is a part of. */
const mostBranches = 100_000

/** 1 where a node takes its input number `i`. */
function takenInputs(
  diagrams: Diagrams,
  decisions: readonly OpenDecision[],
): (node: NetworkNode, i: number) => Diagram {
  const positions = new Map(decisions.map(({ decision }, position) => [decision, position]))
  const known = new Map<string, Diagram>()
  return (node, i) => {
    const choice = choiceAt(node)
    const option = choice?.options[i]
    const position = choice === undefined ? undefined : positions.get(choice.decision)
    const open = position === undefined ? undefined : decisions[position]
    if (option === undefined || position === undefined || open === undefined) return diagrams.leaf(1)
    const key = `${String(position)} ${String(option)}`
    const diagram =
      known.get(key) ??
      diagrams.branch(
        position,
        open.selections.map((selection) => diagrams.leaf(Number(selection.includes(option)))),
      )
    known.set(key, diagram)
    return diagram
  }
}

/** The decision that says which inputs a node takes. */
function choiceAt(node: NetworkNode): { readonly decision: string; readonly options: readonly number[] } | undefined {
  if (node.kind === 'mix') return node
  return node.kind === 'merge' ? node.relaxed : undefined
}

/** In the order in which they are met on the way from the output: what is chosen inside of an option comes after it. */
function openDecisions(
  network: Network,
  nodes: readonly NetworkNode[],
  cost: string,
  refuse: (path: string, reason: string) => never,
): readonly OpenDecision[] {
  const counts = new Map<string, number>()
  for (const node of nodes.toReversed()) {
    const { decision, options } = choiceAt(node) ?? {}
    if (decision !== undefined)
      counts.set(decision, Math.max(counts.get(decision) ?? 0, ...(options ?? []).map((option) => option + 1)))
  }
  const several = new Map((network.summed ?? []).map((summed) => [summed.decision, summed]))
  for (const summed of network.summed ?? []) {
    const { decision, options, least } = summed
    if (several.get(decision) !== summed) refuse(decision, 'it has other options at other places')
    if (!counts.has(decision) && !standsIn(network, decision) && least < options) {
      refuse(decision, 'what it takes is no part of the network that is trained')
    }
  }
  return [...counts].map(([decision, count]) => {
    const summed = several.get(decision)
    if (summed === undefined) {
      const isPartial = nodes.some(
        (node) => node.kind === 'mix' && node.decision === decision && node.options.length < count,
      )
      if (isPartial) refuse(decision, 'it has other options at other places')
      return { decision, options: count, selections: Array.from({ length: count }, (_, option) => [option]) }
    }
    return { decision, options: summed.options, selections: setsOf(summed, cost) }
  })
}

/** Whether a decision says what a node takes; where no node of the output, it does not matter to the output. */
function standsIn(network: Network, decision: string): boolean {
  return network.nodes.some((node) => choiceAt(node)?.decision === decision)
}

export function setsOf(summed: OptionCounts, cost: string): readonly (readonly number[])[] {
  const sets = optionSets(summed)
  if (sets !== undefined) return sets
  const what = 'A choice of several inputs'
  throw new Failure('cost-of-entangled-decisions', { cost, what, most: mostOptionSets })
}
