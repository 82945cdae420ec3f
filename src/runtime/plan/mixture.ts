import type { Network } from '../../space/network/network.js'
import { lazy } from '../../support/lazy.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { plainSoftmax, type EmissionContext, type SetEmission, type WeightEmission } from './emission.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/** Weights of the options of all relaxed decisions, in one vector: sums over several decisions can then be fused. */
export interface Mixture {
  readonly weights: ValueId
  /** Whether the decision has weights. */
  has(decision: string): boolean
  /** Position of the first option of a decision. */
  offsetOf(decision: string): number
  /** How many options a decision has. */
  optionsOf(decision: string): number
  /** What relaxations recorded of their decisions under a name, one number for each; undefined where nothing was. */
  figure(name: string): ValueId | undefined
  /** Of a decision whose options are taken in sets: these, and their chances. */
  setsOf(decision: string): EmittedSets | undefined
}

/** A distribution over sets of options, emitted. */
export interface EmittedSets extends Pick<SetEmission, 'of'> {
  /** [sets], emitted when it is first asked for. */
  readonly chances: () => ValueId
  /** Present where other sets have a chance as well: that of the empty set, [1]. */
  readonly empty?: () => ValueId
}

/** Name of the variable with the logits of a decision. */
export function logitsName(decision: string): string {
  return `choices/${decision}`
}

interface WeightedDecision {
  readonly path: string
  readonly options: number
  readonly emission: WeightEmission
}

/**
 * The weights of every decision that is mixed, masked or subsampled, or whose inputs are weighted, once for the whole
 * network: decisions of one emission with the same numbers of logits and options are rows of one. `undefined` where
 * nothing has weights.
 */
export function lowerMixture(
  builder: ProgramBuilder,
  network: Network,
  spec: StepSpec,
  variables: StepVariables,
): Mixture | undefined {
  const decisions = weightedDecisions(network, spec)
  if (decisions.length === 0) return undefined
  const outer = builder.origin
  builder.origin = 'choices'
  const offsets = new Map<string, number>()
  const counts = new Map(decisions.map(({ path, options }) => [path, options]))
  const sets = new Map<string, EmittedSets>()
  let offset = 0
  const figures = new Map<string, ValueId[]>()
  const parts = groupsOf(decisions).map((group) => {
    for (const { path, options } of group) {
      offsets.set(path, offset)
      offset += options
    }
    const emitted = emitGroup(builder, variables, group)
    for (const [name, values] of emitted.figures) figures.set(name, [...(figures.get(name) ?? []), values])
    for (const [path, each] of emitted.sets) sets.set(path, each)
    return emitted.weights
  })
  const weights = builder.one('concat_channels', parts)
  builder.origin = outer
  return {
    weights,
    has: (decision) => offsets.has(decision),
    offsetOf(decision) {
      const found = offsets.get(decision)
      if (found === undefined) throw new Error(`decision '${decision}' is not mixed`)
      return found
    },
    optionsOf(decision) {
      const found = counts.get(decision)
      if (found === undefined) throw new Error(`decision '${decision}' is not mixed`)
      return found
    },
    figure(name) {
      const parts = figures.get(name)
      return parts && builder.one('concat_channels', parts)
    },
    setsOf: (decision) => sets.get(decision),
  }
}

/** What was emitted for decisions together. */
export interface EmittedGroup {
  /** All their weights, as one vector. */
  readonly weights: ValueId
  /** By name, [decisions]. */
  readonly figures: ReadonlyMap<string, ValueId>
  /** By path of the decision. */
  readonly sets: ReadonlyMap<string, EmittedSets>
}

export function emitGroup(
  builder: ProgramBuilder,
  variables: StepVariables,
  group: readonly WeightedDecision[],
): EmittedGroup {
  const [first] = group
  if (first === undefined) throw new Error('no decision is emitted')
  const { emission, options } = first
  const count = logitsOf(first)
  const logits = group.map(({ path }) =>
    variables.declare(builder, { name: logitsName(path), shape: [count], init: 'choice', role: 'choice' }),
  )
  const row = builder.one('concat_channels', logits)
  const rows = builder.one('reshape', [row], { shape: [group.length, count] })
  const figures = new Map<string, ValueId>()
  const context: EmissionContext = {
    ...{ builder, variables, decisions: group.map(({ path }) => path), options },
    recordFigure: (name, values) => figures.set(name, values),
  }
  const weights = emission.emit(rows, context)
  return {
    weights: builder.one('reshape', [weights], { shape: [group.length * options] }),
    figures,
    sets: emission.sets === undefined ? new Map() : emitSets(emission.sets, rows, context),
  }
}

function emitSets(emission: SetEmission, logits: ValueId, context: EmissionContext): EmittedGroup['sets'] {
  const { builder, decisions } = context
  const { of, emitEmpty } = emission
  /** Row by row what `emit` gives for all decisions, each of so many numbers. */
  const rowsOf = (emit: () => ValueId, count: number): ((row: number) => () => ValueId) => {
    const vector = lazy(() => builder.one('reshape', [emit()], { shape: [decisions.length * count] }))
    return (row) => lazy(() => builder.one('slice_channels', [vector()], { from: row * count, to: (row + 1) * count }))
  }
  const chances = rowsOf(() => emission.emit(logits, context), of.length)
  const empty = emitEmpty && rowsOf(() => emitEmpty(logits, context), 1)
  return new Map(
    decisions.map((path, row) => [path, { of, chances: chances(row), ...(empty && { empty: empty(row) }) }] as const),
  )
}

/** Decisions that are emitted together. */
export function groupsOf<Decision extends WeightedDecision>(
  decisions: readonly Decision[],
): readonly (readonly Decision[])[] {
  const groups = new Map<string, Decision[]>()
  for (const decision of decisions) {
    const key = `${decision.emission.key} ${String(logitsOf(decision))} ${String(decision.options)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [decision])
    else group.push(decision)
  }
  return [...groups.values()]
}

function logitsOf({ path, options, emission }: WeightedDecision): number {
  return emission.logits?.(path, options) ?? options
}

/** In the order in which the network reaches them. */
function weightedDecisions(network: Network, { weights }: StepSpec): readonly WeightedDecision[] {
  const least = new Map<string, number>()
  const note = (decision: string, count: number): void => {
    least.set(decision, Math.max(least.get(decision) ?? 0, count))
  }
  for (const node of network.nodes) {
    if (node.kind === 'mix') note(node.decision, Math.max(...node.options) + 1)
    if (node.kind === 'merge' && node.relaxed !== undefined) {
      const { decision, options } = node.relaxed
      if (weights?.of(decision)?.emission !== undefined) note(decision, Math.max(...options) + 1)
    }
    for (const { decision, shapes } of node.elastic ?? []) note(decision, shapes.length)
  }
  return [...least].map(([path, count]) => {
    const { options = count, emission = plainSoftmax } = weights?.of(path) ?? {}
    if (options < count) throw new Error(`decision '${path}' has more than ${String(options)} options`)
    return { path, options, emission }
  })
}
