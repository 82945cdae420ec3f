import type { TopologyExpression } from '../../../ir/model/expression.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { ReadOutputs } from '../read-outputs.js'
import type { CellFrame } from './cell-frame.js'

/** What a stack keeps between the layers of its cells. */
export interface StackProgress {
  /** Key of which cells there are. */
  readonly plan: string
  readonly frames: Readonly<Record<string, CellFrame>>
  /** Which of the outputs of the stack what follows it reads. */
  readonly outputs: ReadOutputs
  /** Which of the layouts that the frames allow it is. */
  readonly variant: string
  /** Names of the cells whose nodes have the inputs that a stack before this one settled. */
  readonly settled: readonly string[]
  /** The cell at hand. */
  readonly cell?: CellProgress
}

export interface CellProgress {
  /** Nodes and inputs from which the output is computed, as far as that is known. */
  readonly used: readonly string[]
  /** Inputs that the node at hand takes, as many as make a difference. */
  readonly nodeInputs: number
  /** Edges into the node at hand that are there; 2 stands for more. */
  readonly nodeEdges: number
  /** Operations on the edge at hand; 2 stands for more. */
  readonly edgeOperations: number
  /** By group: what the edges of the node at hand come to so far, where its shape hangs on them. */
  readonly merging?: readonly (readonly Shape[])[]
  /** By group: at the end of the first operation on the edge at hand, where the shape of the node hangs on it. */
  readonly onEdge?: readonly Shape[]
  /** Edges taken so far, where a constraint asks. */
  readonly edges?: number
  /** What is read by somebody, where a constraint asks, and whether each node so far is reached, used, or left out. */
  readonly read?: readonly string[]
  readonly nodes?: NodeFacts
}

export interface NodeFacts {
  readonly reached: boolean
  readonly used: boolean
  readonly orRemoved: boolean
}

const truths = [false, true] as const
const allNodeFacts: readonly NodeFacts[] = truths.flatMap((reached) =>
  truths.flatMap((used) => truths.map((orRemoved) => ({ reached, used, orRemoved }))),
)

/** What can be true of all nodes together: who is used is reached, and who is reached is not left out. */
export const everyNodeFacts: readonly NodeFacts[] = allNodeFacts.filter(
  ({ reached, used, orRemoved }) => (!used || (reached && orRemoved)) && (!(reached && orRemoved) || used),
)

/** Equal facts are one object, as {@link namesWith} gives equal names as one list: states are compared by their parts. */
export function nodeFacts(reached: boolean, used: boolean, orRemoved: boolean): NodeFacts {
  const found = allNodeFacts[(reached ? 4 : 0) + (used ? 2 : 0) + (orRemoved ? 1 : 0)]
  return found ?? { reached, used, orRemoved }
}

/** A function that adds a name to names in ascending order. Equal lists are one object. */
export function namesWith(): (names: readonly string[], name: string) => readonly string[] {
  const lists = new Map<string, readonly string[]>()
  const known = new WeakMap<readonly string[], Map<string, readonly string[]>>()
  return (names, name) => {
    if (names.includes(name)) return names
    const ofNames = known.get(names) ?? new Map<string, readonly string[]>()
    known.set(names, ofNames)
    const found = ofNames.get(name)
    if (found) return found
    const list = [...names, name].sort()
    const key = list.join(' ')
    const shared = lists.get(key) ?? list
    lists.set(key, shared)
    ofNames.set(name, shared)
    return shared
  }
}

/** Whether the nodes so far are what a condition says of every node. */
export function everyNode(fact: Extract<TopologyExpression, { fact: 'every_node' }>, nodes: NodeFacts): boolean {
  if (fact.removed) return nodes.orRemoved
  return (!fact.reached || nodes.reached) && (!fact.used || nodes.used)
}
