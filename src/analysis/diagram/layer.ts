import { createBuilder, type BuilderOptions, type NetworkBuilder } from '../../space/network/network-builder.js'
import { budgetOf, buildUnits, type Budget } from '../../space/limits/budget.js'
import type { Decider } from '../../space/decisions/decider.js'
import type { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import type { Environment } from '../../space/evaluation/environment.js'
import { integerIn, rootEnvironment, withLets } from '../../space/evaluation/evaluate.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import type { Shape } from '../../space/evaluation/shape.js'
import { costOf } from '../../space/cost/cost.js'
import { printValue } from '../../space/evaluation/print-value.js'
import type { ConventionName } from '../../space/cost/convention.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'
import type { Selection, TreePath } from './decision-tree.js'
import type { State } from './state.js'

/** One arc out of a state. */
export interface Transition {
  readonly state: State
  /** Decisions that are settled here. Of a set of inputs, each one that is taken is a part of its own. */
  readonly selections: readonly Selection[]
  /** What is added to each {@link Quantity} of the analysis. */
  readonly costs: readonly number[]
  /** Operations that are passed, where the analysis asks for them. */
  readonly operations?: readonly string[]
}

/** Options under which a part of the network cannot be built, and why. */
export interface Misfit {
  readonly failure: ElaborationFailure
  /** Those that are taken in this part itself. */
  readonly selections: readonly Selection[]
}

/** Called for every arc that cannot be built. */
export type OnMisfit = (failure: ElaborationFailure, selections: readonly Selection[]) => void

/** A part of the network that is built at once. */
export interface Layer {
  /** Where it stands, for messages. */
  readonly at: string
  transitions(state: State, fail: OnMisfit): readonly Transition[]
  /** Whether it may ask for a decision; true where that is not known. */
  reads(path: string): boolean
  /** Whether a decision is settled here bit by bit, and never asked for again. */
  settles?(path: string): boolean
  /** Name of the cell that it is a part of. */
  readonly cell?: string
}

/** A cost and how it is counted. */
export interface Quantity {
  readonly name: QuantityName
  readonly convention: ConventionName
}
export const quantityNames = ['macs', 'parameters', 'activation_bytes'] as const
export type QuantityName = (typeof quantityNames)[number]

/** A space that is walked along. */
export interface AnalysisContext {
  readonly ir: Ir
  readonly space: IrSpace
  readonly options: ExploreOptions
  readonly quantities: readonly Quantity[]
  readonly budget: Budget
  /** Whether arcs say which operations are passed; stacks of cells are one. */
  readonly namesOperations?: true
  /** Whether these are told for what is chosen in the cells too; otherwise the cells of a stack are one operation. */
  readonly looksIntoCells?: true
  /** What was built with all alternatives in it, by part: contexts of one space that count the same quantities share it. */
  readonly mixedBuilds: MixedBuilds
  /** Environment of the network's items. */
  environment(decider: Decider): Environment
  /** Costs of what was built up to a node. */
  costs(builder: Pick<NetworkBuilder, 'nodes' | 'shape'>, end: number): readonly number[]
}

/** A part of a network under every selection in it, or that it cannot be built with all alternatives side by side. */
export type MixedBuild = readonly TreePath<Outcome>[] | 'impossible'

/** A part of a network under some selections. */
export interface Outcome {
  readonly shape: Shape
  readonly costs: readonly number[]
  /** Where they are asked for, or nothing else is; absent if branches share what is in them. */
  readonly operations?: readonly string[]
}

/** By the item of the network that a part belongs to, then by what it depends on. */
export type MixedBuilds = Map<object, Map<string, MixedBuild>>

const mixedBuildsByIr = new WeakMap<Ir, Map<string, MixedBuilds>>()

function mixedBuildsOf(
  ir: Ir,
  space: IrSpace,
  { params, input, classes }: ExploreOptions,
  quantities: readonly Quantity[],
): MixedBuilds {
  const ofIr = mixedBuildsByIr.get(ir) ?? new Map<string, MixedBuilds>()
  mixedBuildsByIr.set(ir, ofIr)
  const values = Object.entries(params).map(([name, value]) => `${name}=${printValue(value)}`)
  const key = JSON.stringify([space.id, values.sort(), input, classes, quantities])
  const found: MixedBuilds = ofIr.get(key) ?? new Map<object, Map<string, MixedBuild>>()
  ofIr.set(key, found)
  return found
}

/** Thrown where more parts of a network were built than a context allows; caught by those who set the limit. */
export class TooManyBuilds extends Error {}

/** @param mostBuilds throws {@link TooManyBuilds} where more parts of the network are built than this */
export function createContext(
  ir: Ir,
  space: IrSpace,
  options: ExploreOptions,
  quantities: readonly Quantity[],
  mostBuilds = Infinity,
): AnalysisContext {
  let builds = 0
  const budget = budgetOf(ir)
  const classes = options.classes ?? integerIn({ ...rootEnvironment(ir, options.params), at: 'classes' }, space.classes)
  const conventions = [...new Set(quantities.map(({ convention }) => convention))]
  return {
    ir,
    space,
    options,
    quantities,
    budget,
    mixedBuilds: mixedBuildsOf(ir, space, options, quantities),
    environment(decider) {
      budget.spend(buildUnits)
      if (++builds > mostBuilds) throw new TooManyBuilds(`more than ${mostBuilds} builds`)
      const root = withLets(rootEnvironment(ir, options.params, { space, decider }), space.lets)
      return { ...root, surroundings: { classes, standalone: true } }
    },
    costs(builder, end) {
      const input = builder.shape(0)
      const network = { mode: 'standalone', input, classes, nodes: builder.nodes, logits: end, cells: [] } as const
      const found = new Map(conventions.map((convention) => [convention, costOf(network, convention)]))
      return quantities.map(({ name, convention }) => {
        const cost = found.get(convention)
        if (!cost) return 0
        return name === 'macs' ? cost.macs : name === 'parameters' ? cost.parameters : cost.activationBytes
      })
    },
  }
}

/** A builder whose inputs are these maps, in this order. */
export function builderWith(maps: readonly Shape[], options: BuilderOptions = {}): NetworkBuilder {
  const builder = createBuilder(options)
  maps.forEach((shape, index) => builder.input(shape, index === 0 ? 'input' : `input[${index + 1}]`))
  return builder
}

export function sum(a: readonly number[], b: readonly number[], times = 1): readonly number[] {
  return a.map((value, index) => value + times * (b[index] ?? 0))
}
