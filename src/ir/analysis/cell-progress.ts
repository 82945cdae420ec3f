import { childrenOf } from '../elaborate/children.js'
import type { Expression, TopologyExpression } from '../model/expression.js'
import type { CellFrame } from './stack-layout.js'

/** What a stack remembers between the steps of its cells. */
export interface StackProgress {
  /** Key of which cells there are. */
  readonly plan: string
  readonly frames: Readonly<Record<string, CellFrame>>
  /** The cell that is being walked. */
  readonly cell?: CellProgress
}

export interface CellProgress {
  /** Nodes and inputs from which the output is computed, as far as that is known. */
  readonly used: readonly string[]
  /** Of the node at hand: inputs taken, edges that are there, operations on the edge at hand; 2 stands for more. */
  readonly count: number
  readonly ends: number
  readonly here: number
  /** Edges taken so far, where a constraint asks. */
  readonly edges?: number
  /** What is read by somebody, where a constraint asks, and whether each node so far is reached, used, or left out. */
  readonly read?: readonly string[]
  readonly nodes?: { readonly reached: boolean; readonly used: boolean; readonly orRemoved: boolean }
}

/** What the constraints of a cell ask of its graph. */
export interface TopologyFacts {
  readonly edges: boolean
  readonly nodes: boolean
  /** Whether a condition that stands by itself is broken for good. */
  fails(nodes: NonNullable<CellProgress['nodes']>): boolean
}

export function topologyFacts(tests: readonly Expression[]): TopologyFacts {
  const all = (expression: Expression): readonly Expression[] => [expression, ...childrenOf(expression).flatMap(all)]
  const facts = tests.flatMap(all).flatMap((each) => (each.kind === 'topology' ? [each.fact] : []))
  const alone = tests.flatMap((test) => (test.kind === 'topology' && test.fact === 'every_node' ? [test] : []))
  return {
    edges: facts.includes('edges'),
    nodes: facts.includes('every_node'),
    fails: (nodes) => alone.some((fact) => !everyNode(fact, nodes)),
  }
}

/** Whether the nodes so far are what a condition says of every node. */
export function everyNode(
  fact: Extract<TopologyExpression, { fact: 'every_node' }>,
  nodes: NonNullable<CellProgress['nodes']>,
): boolean {
  if (fact.removed) return nodes.orRemoved
  return (!fact.reached || nodes.reached) && (!fact.used || nodes.used)
}
