import { Failure } from '../../../../catalogue/failure.js'
import type { OpenCost } from '../../../../space/cost/open-cost.js'
import type { OpenDecision } from '../../../../space/cost/presence.js'
import type { Diagram } from '../../../../support/algebraic-diagram.js'
import { lazy } from '../../../../support/lazy.js'
import type { CostPass } from '../../../plan/cost.js'
import type { EmittedSets } from '../../../plan/mixture.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { emitSetChances, emitShares } from '../encoding/set-chances.js'
import { valueOf, type Scalar } from '../scalar.js'

/**
 * The mean of a cost over architectures of which every decision is drawn by itself: an option by its weight; a set of
 * inputs by its chance where the relaxation has a distribution over sets, among those that may be taken, and in proportion
 * to the product of the weights of its members elsewhere; where a decision has no weights, all sets alike.
 *
 * What hangs on one decision alone is one product of all weights with constants. What hangs on several together is
 * followed through its diagram, each part once.
 */
export function emitExpectation(pass: CostPass, { decisions, terms }: OpenCost, cost: string): ValueId {
  const { builder, mixture } = pass
  const chances = decisions.map((decision) => chancesOf(pass, decision, cost))
  const linear = new Float64Array(mixture === undefined ? 0 : (builder.shape(mixture.weights)[0] ?? 0))
  const expectation = meansBy(builder, chances)

  const parts = terms.flatMap((term): Scalar[] => {
    const own = term.kind === 'branch' ? chances[term.variable] : undefined
    if (term.kind === 'leaf' || own?.kind !== 'weights' || !term.children.every(isLeaf)) return [expectation(term)]
    term.children.forEach(({ value }, option) => (linear[own.from + option] = (linear[own.from + option] ?? 0) + value))
    return []
  })
  if (mixture !== undefined && linear.some((factor) => factor !== 0)) {
    parts.push({ value: dotWith(builder, mixture.weights, [...linear]) })
  }
  return valueOf(builder, sumOf(builder, parts))
}

/** Means of functions of decisions, each of which is drawn by itself; equal parts are emitted once. */
export function openMeans(
  pass: CostPass,
  decisions: readonly OpenDecision[],
  cost: string,
): (diagram: Diagram) => Scalar {
  return meansBy(
    pass.builder,
    decisions.map((decision) => chancesOf(pass, decision, cost)),
  )
}

function meansBy(builder: ProgramBuilder, chances: readonly Chances[]): (diagram: Diagram) => Scalar {
  const known = new Map<Diagram, Scalar>()
  const mean = (diagram: Diagram): Scalar => {
    const scalar = known.get(diagram) ?? meanOf(builder, chances, diagram, mean)
    known.set(diagram, scalar)
    return scalar
  }
  return mean
}

/** The chance of every selection of a decision. */
type Chances =
  /** All alike. */
  | { readonly kind: 'equal'; readonly share: number }
  /** Those of the options, which stand in the vector of all weights. */
  | { readonly kind: 'weights'; readonly from: number; vector(): ValueId }
  | { readonly kind: 'vector'; vector(): ValueId }

function chancesOf({ builder, mixture }: CostPass, decision: OpenDecision, cost: string): Chances {
  const { selections } = decision
  if (mixture?.has(decision.decision) !== true) return { kind: 'equal', share: 1 / selections.length }
  if (mixture.optionsOf(decision.decision) !== decision.options) {
    const reason = 'only some of its options are mixed'
    throw new Failure('cost-of-shapes', { cost, path: decision.decision, reason })
  }
  const from = mixture.offsetOf(decision.decision)
  const options = lazy(() => builder.one('slice_channels', [mixture.weights], { from, to: from + decision.options }))
  const sets = mixture.setsOf(decision.decision)
  if (sets !== undefined) return { kind: 'vector', vector: lazy(() => emitGivenSets(builder, sets, selections)) }
  const isOfOne = selections.every((selection) => selection.length === 1)
  if (isOfOne) return { kind: 'weights', from, vector: options }
  return { kind: 'vector', vector: lazy(() => emitSetChances(builder, options(), selections)) }
}

/** Chances of sets from a distribution over them; of those alone where others have a chance as well. */
function emitGivenSets(
  builder: ProgramBuilder,
  { of, chances, empty }: EmittedSets,
  selections: readonly (readonly number[])[],
): ValueId {
  if (JSON.stringify(of) !== JSON.stringify(selections)) throw new Error('a distribution over other sets')
  return empty === undefined ? chances() : emitShares(builder, chances())
}

/** The mean over the values of the first variable of the means that are left then. */
function meanOf(
  builder: ProgramBuilder,
  chances: readonly Chances[],
  diagram: Diagram,
  expectation: (diagram: Diagram) => Scalar,
): Scalar {
  if (diagram.kind === 'leaf') return { constant: diagram.value }
  const own = chances[diagram.variable]
  if (own === undefined) throw new Error('a variable without chances')
  const means = diagram.children.map(expectation)
  const constants = means.map((mean) => ('constant' in mean ? mean.constant : 0))
  const values = new Set(means.flatMap((mean) => ('value' in mean ? mean.value : [])))
  const chanceOf = (value: ValueId): readonly number[] =>
    means.map((mean) => Number('value' in mean && mean.value === value))
  if (own.kind === 'equal') {
    const constant = constants.reduce((sum, each) => sum + each, 0) * own.share
    const parts = [...values].map((value) => {
      const share = chanceOf(value).reduce((sum, each) => sum + each, 0) * own.share
      return { value: builder.one('scale', [value, builder.one('fill', [], { shape: [], value: share })]) }
    })
    return sumOf(builder, [{ constant }, ...parts])
  }
  const parts = [...values].map((value) => ({
    value: builder.one('multiply', [value, dotWith(builder, own.vector(), chanceOf(value))]),
  }))
  if (constants.every((constant) => constant === 0)) return sumOf(builder, parts)
  return sumOf(builder, [{ value: dotWith(builder, own.vector(), constants) }, ...parts])
}

export function dotWith(builder: ProgramBuilder, vector: ValueId, factors: readonly number[]): ValueId {
  return builder.one('dot', [vector, builder.one('constant', [], { shape: [factors.length], values: factors })])
}

export function sumOf(builder: ProgramBuilder, parts: readonly Scalar[]): Scalar {
  const constant = parts.reduce((sum, part) => sum + ('constant' in part ? part.constant : 0), 0)
  const values = parts.flatMap((part) => ('value' in part ? part.value : []))
  if (values.length === 0) return { constant }
  if (constant !== 0) values.push(valueOf(builder, { constant }))
  const [first, ...others] = values
  return { value: first !== undefined && others.length === 0 ? first : builder.one('add', values) }
}

function isLeaf(diagram: Diagram): diagram is Extract<Diagram, { kind: 'leaf' }> {
  return diagram.kind === 'leaf'
}
