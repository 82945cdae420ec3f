import type { Arity } from '../../ir/model/expression.js'
import type { IrNode, SourceSet } from '../../ir/model/space.js'
import type { Decision } from '../decisions/decision.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Environment } from '../evaluation/environment.js'
import { listIn } from '../evaluation/evaluate.js'
import { arityIn } from '../evaluation/evaluate-choice.js'
import { describedOptions } from '../evaluation/described-options.js'
import { innerScope, joinPath } from '../decisions/decision-scope.js'
import { ownPath } from '../decisions/path-owners.js'
import type { Value } from '../evaluation/value.js'

/** States of a cell by name: its inputs, then its nodes. `families` tells the nodes of `n[1..4]` by `n`. */
export interface States {
  /** Undefined: a node that reads nothing, and so is not there. */
  readonly byName: ReadonlyMap<string, number | undefined>
  readonly families: ReadonlyMap<string, readonly string[]>
}

/** Names of the states that a node may read, oldest first. @throws ElaborationFailure on a name that is not a state. */
export function sourceNames(states: States, of: SourceSet, at: string): readonly string[] {
  if (of === 'earlier') return [...states.byName.keys()]
  const names = of.flatMap((name) => {
    if (states.byName.has(name)) return [name]
    const family = states.families.get(name)
    if (family) return family.filter((member) => states.byName.has(member))
    throw new ElaborationFailure(at, 'no-such-state', { name, states: [...states.byName.keys()].join(', ') })
  })
  return [...new Set(names)]
}

/** One edge into a node: what it reads, and the operations on it where they are part of the topology. */
export interface Edge {
  readonly source: string
  /** The option of the decision for which the edge is there, where it is one of inputs. */
  readonly option?: number
  readonly operations?: {
    readonly options: readonly number[]
    readonly values: readonly Value[]
    readonly mixed: boolean
  }
}

/**
 * The edges of a node. Where the inputs are a choice, the decision is `normal.n2.from`, with sources (or connections,
 * `sep_conv(3) of s0`) as options; relaxed, all of them are there.
 */
export function edgesOf(
  environment: Environment,
  node: IrNode,
  name: string,
  states: States,
): { readonly edges: readonly Edge[]; readonly decision?: Decision } {
  const at = joinPath(environment.scope.path, name)
  const names = sourceNames(states, node.from.of, at)
  const { from } = node
  if (from.kind === 'all') return { edges: names.map((source) => ({ source })) }

  if (from.kind === 'choice') {
    const decision = fromDecision(environment, at, from.arity, { options: names })
    const taken = takenOptions(environment, decision)
    return { decision, edges: taken.map((option) => ({ source: names[option] ?? '', option })) }
  }

  const values = listIn({ ...environment, scope: innerScope(environment.scope, 'edge', at) }, from.operations)
  const decision = fromDecision(environment, at, from.arity, connectionsOf(names, values))
  const taken = takenOptions(environment, decision)
  const mixed = environment.decider?.bound(decision, environment.scope.copy).kind === 'mix'
  const edges = names.flatMap((source, index): Edge[] => {
    const here = taken.filter((option) => Math.floor(option / values.length) === index)
    return here.length === 0 ? [] : [{ source, operations: { options: here, values, mixed } }]
  })
  return { decision, edges }
}

type Options = Pick<Decision, 'options' | 'unnamed'>

/** Connections as text, `sep_conv(3) of s0`, source by source. */
export function connectionsOf(sources: readonly string[], operations: readonly Value[]): Options {
  const { options, unnamed } = describedOptions(operations)
  return {
    options: sources.flatMap((source) => options.map((text) => `${text} of ${source}`)),
    ...(unnamed ? { unnamed: sources.flatMap((_, at) => unnamed.map((index) => at * options.length + index)) } : {}),
  }
}

export function fromDecision(environment: Environment, at: string, arity: Arity, options: Options): Decision {
  return decisionBetween({ ...environment, at }, joinPath(at, 'from'), 'from', arity, options)
}

/** A choice between maps of a cell; `arity`, of the IR, is the choice that the path belongs to. */
export function decisionBetween(
  environment: Environment,
  path: string,
  kind: 'from' | 'output',
  arity: Arity,
  options: Options,
): Decision {
  ownPath(environment, path, arity)
  return { path, kind, ...options, arity: arityIn(environment, arity, options.options.length) }
}

function takenOptions(environment: Environment, decision: Decision): readonly number[] {
  const { decider, scope } = environment
  if (!decider) throw new Error('a cell is built without a decider')
  return [...decider.several(decision, scope.copy)].sort((a, b) => a - b)
}
