import { conventionNamed, conventionOf, defaultConvention, type ConventionName } from '../../space/cost/convention.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { Architecture } from '../../space/architectures/architecture.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import { printValue } from '../../space/evaluation/print-value.js'
import type { Ir } from '../../ir/model/ir.js'
import { constraintsOf } from '../layers/constraints-of.js'
import { type Constraint } from '../diagram/constraint.js'
import { isAffineComparison } from '../diagram/affine.js'
import { compileDiagram, type DiagramLimits } from '../diagram/compile-diagram.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import { decisionsUnder } from '../diagram/variants.js'
import { networkLayers } from '../layers/network-layers.js'
import { everyPart } from '../diagram/interval.js'
import type { Decision } from '../../space/decisions/decision.js'
import { requiresOf } from '../layers/requires-of.js'
import { countPaths } from './count-paths.js'
import { decisionsOf } from './decisions.js'
import {
  createContext,
  quantityNames,
  type Quantity,
  type QuantityName,
  type AnalysisContext,
} from '../diagram/layer.js'
import { isSurelyNone } from '../costs/half-spaces.js'
import { createWords } from '../costs/random-choice.js'
import { bigints, numbers } from '../costs/sums.js'
import { exactTotals, totalsOf, type Totals } from '../costs/totals.js'
import type { CostCondition, CostQuery } from '../costs/cost-query.js'

export interface AnalysisOptions extends ExploreOptions {
  /** How costs are counted in results; costs in a `require` are always counted by `conv-fc`. */
  readonly convention?: string
  /** Gives up with NAS6131 at more states than this between two parts of the network, for answers within a moment. */
  readonly mostStates?: number
}

/** A space taken apart: its diagram, and the constraints that are not yet in it because they speak of costs. */
export interface Analysis {
  readonly context: AnalysisContext
  readonly constraints: readonly Constraint[]
  readonly diagram: Diagram
  /** Number of paths through the diagram: architectures under all constraints that do not speak of costs. */
  readonly pathCount: bigint
}

const analyses = new WeakMap<Ir, Map<string, Analysis>>()

/** Takes a space apart; asked again, it is the same analysis, whatever limit it kept to. */
export function analysisOf(ir: Ir, space: string, options: AnalysisOptions): Analysis {
  const params = Object.entries(options.params).map(([name, value]) => `${name}=${printValue(value)}`)
  const convention = conventionOf(options.convention ?? defaultConvention).name
  const key = [
    spaceOf(ir, space).id,
    ...params.sort(),
    JSON.stringify([options.input, options.classes, convention]),
  ].join('\n')
  const known = analyses.get(ir) ?? new Map<string, Analysis>()
  analyses.set(ir, known)
  const found = known.get(key) ?? analyse(ir, space, options)
  known.set(key, found)
  return found
}

function analyse(ir: Ir, space: string, options: AnalysisOptions): Analysis {
  const context = contextOf(ir, space, options)
  return analysisUnder(context, constraintsIn(context), options)
}

/** A space under some of its constraints. */
export function analysisUnder(
  context: AnalysisContext,
  constraints: readonly Constraint[],
  limits: DiagramLimits,
): Analysis {
  const diagram = compileDiagram(context.budget, networkLayers(context, constraints), constraints, limits)
  return { context, constraints, diagram, pathCount: countPaths(diagram) }
}

/** All conditions of a space. @throws Failure as `constraintsOf` and `decisionsOf` */
export function constraintsIn(context: AnalysisContext): readonly Constraint[] {
  return constraintsOf(context, () => decisionsByPath(context.ir, context.space.id, context.options))
}

export function decisionsByPath(ir: Ir, space: string, options: ExploreOptions): ReadonlyMap<string, Decision> {
  return new Map(decisionsOf(ir, space, options).map((decision) => [decision.path, decision]))
}

export function contextOf(ir: Ir, space: string, options: AnalysisOptions): AnalysisContext {
  const convention = conventionOf(options.convention ?? defaultConvention).name
  const required = conventionsRequired(ir, space)
  const conventions = [...new Set([convention, defaultConvention, ...required])]
  const quantities = conventions.flatMap((each) => quantityNames.map((name) => ({ name, convention: each })))
  return createContext(ir, spaceOf(ir, space), options, quantities)
}

/** The conventions by which the conditions of a space count. */
function conventionsRequired(ir: Ir, space: string): readonly ConventionName[] {
  return requiresOf(ir, spaceOf(ir, space))
    .flatMap(({ require }) => everyPart(require.test))
    .flatMap((part) => (part.kind === 'cost' ? (conventionNamed(part.convention ?? defaultConvention) ?? []) : []))
}

/** Position of a quantity in costs: by its own convention, or a name by the one that was asked for. */
export function positionOf({ context }: Pick<Analysis, 'context'>, quantity: QuantityName | Quantity): number {
  const found = context.quantities.findIndex(({ name, convention }) =>
    typeof quantity === 'string' ? name === quantity : name === quantity.name && convention === quantity.convention,
  )
  if (found < 0) throw new Error(`${typeof quantity === 'string' ? quantity : quantity.name} is not kept`)
  return found
}

/** A cost that must lie between two values, ends included. */
export interface Bounds {
  readonly quantity: QuantityName | Quantity
  readonly least: number
  readonly most: number
}

/**
 * Which paths are meant: those under all constraints and these bounds.
 *
 * @param beside a quantity whose sums must be known although nothing is required of it
 */
export function costQueryOf(analysis: Analysis, bounds: readonly Bounds[], beside?: number): CostQuery {
  const ofCosts = analysis.constraints.filter(({ costs }) => costs.length > 0)
  const intervals = [
    ...ofCosts.flatMap(({ interval, costs: [name] }) =>
      interval && name ? [{ ...interval, quantity: positionOf(analysis, name) }] : [],
    ),
    ...bounds.map(({ quantity, least, most }) => ({ least, most, quantity: positionOf(analysis, quantity) })),
  ]
  const kept = [...intervals.map(({ quantity }) => quantity), ...(beside === undefined ? [] : [beside])]
  const [first] = kept
  if (
    ofCosts.every(({ interval }) => interval) &&
    first !== undefined &&
    kept.every((quantity) => quantity === first)
  ) {
    const least = Math.max(-Infinity, ...intervals.map((interval) => interval.least))
    const most = Math.min(Infinity, ...intervals.map((interval) => interval.most))
    return { kind: 'interval', quantity: first, least: Math.max(0, least), most }
  }
  const spokenOf = ofCosts.flatMap(({ costs }) => costs.map((name) => positionOf(analysis, name)))
  const quantities = [...new Set([...(beside === undefined ? [] : [beside]), ...spokenOf, ...kept])]
  const { decisions, terminals } = analysis.diagram
  const conditions = ofCosts.flatMap(({ interval, holds, test }): readonly CostCondition[] => {
    if (interval) return []
    return [
      {
        isDecidedByCorners: isAffineComparison(test),
        holds(costs, end) {
          const state = terminals[end]
          const { selected = new Map<string, readonly number[]>(), aggregates } = state ?? {}
          const cost = (name: Quantity): number => costs[quantities.indexOf(positionOf(analysis, name))] ?? 0
          const here = decisionsUnder(state?.variants, decisions)
          return holds({ selected, decisions: here, cost, ...(aggregates ? { aggregates } : {}) })
        },
      },
    ]
  })
  return { kind: 'test', quantities, bounds: intervals, conditions }
}

/**
 * Sums over the paths that are meant; exact counts in the smallest numbers that hold them.
 *
 * @param mostKeys sums that are kept apart at a cut; as many as there is room for without it
 */
export function totalsFor({ context, diagram, pathCount }: Analysis, query: CostQuery, mostKeys?: number): Totals {
  const { budget } = context
  const fits = pathCount < BigInt(Number.MAX_SAFE_INTEGER)
  return fits
    ? totalsOf(numbers, diagram, query, budget, mostKeys)
    : totalsOf(bigints, diagram, query, budget, mostKeys)
}

/** The same with every sum kept exactly, or undefined if that takes more keys than allowed. */
export function exactTotalsFor(
  { context, diagram, pathCount }: Analysis,
  query: CostQuery,
  mostKeys: number,
): Totals | undefined {
  const fits = pathCount < BigInt(Number.MAX_SAFE_INTEGER)
  return fits
    ? exactTotals(numbers, diagram, query, context.budget, mostKeys)
    : exactTotals(bigints, diagram, query, context.budget, mostKeys)
}

/** True if some constraint speaks of costs, so that paths through the diagram are not yet architectures. */
export function hasCostConstraints({ constraints }: Analysis): boolean {
  return constraints.some(({ costs }) => costs.length > 0)
}

/** Sums that are kept apart to see whether anything is meant: seldom must they be fine. The last ones are as fine as they can be. */
const finenesses: readonly (number | undefined)[] = [4096, 65_536, undefined]
const fewDraws = 256

/** Whether some path through the diagram satisfies all constraints, or might where costs are in buckets. */
export function isPossible(analysis: Analysis): boolean {
  if (analysis.pathCount === 0n) return false
  if (!hasCostConstraints(analysis)) return true
  const query = costQueryOf(analysis, [])
  if (isSurelyNone(analysis.diagram, query, analysis.context.budget)) return false
  for (const mostKeys of finenesses) {
    const totals = totalsFor(analysis, query, mostKeys)
    if (totals.count > 0n) return true
    if (totals.leftOut === 0n) return false
    if (totals.draw(createWords(), fewDraws)) return true
  }
  return true
}

/** The architecture that a path through the diagram stands for. */
export function architectureOn(
  { context, diagram }: Pick<Analysis, 'diagram'> & { readonly context: Pick<AnalysisContext, 'space'> },
  arcs: readonly Arc[],
): Architecture {
  const selections = new Map<string, number[]>()
  for (const arc of arcs) {
    for (const { decision, options, partial } of arc.selections) {
      const before = partial ? (selections.get(decision.path) ?? []) : []
      selections.set(decision.path, [...before, ...options])
    }
  }
  const inOrder = [...diagram.decisions.keys()].filter((path) => selections.has(path))
  return {
    space: context.space.id,
    decisions: Object.fromEntries(
      inOrder.map((path) => [path, [...(selections.get(path) ?? [])].sort((a, b) => a - b)]),
    ),
  }
}
