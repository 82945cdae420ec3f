import type { Decision } from '../../../../space/decisions/decision.js'
import { optionSets } from '../../../../space/decisions/option-sets.js'
import { lazy } from '../../../../support/lazy.js'
import type { CostEmission, CostPass } from '../../../plan/cost.js'
import type { Mixture } from '../../../plan/mixture.js'
import type { EmittedObjective } from '../../../plan/objective.js'
import type { ProgramBuilder } from '../../../program/builder.js'
import type { ValueId } from '../../../program/program.js'
import { spaceOf } from '../costs/cost.js'
import { openCost } from '../costs/index.js'
import { layoutOf, type ChoiceLayout } from '../encoding/choice-space.js'
import { emitExactSets } from '../encoding/set-chances.js'
import { emitTilted, exclusionsOf } from '../encoding/tilted-weights.js'
import { isCostUse, printCost, type CostUse } from '../formula.js'
import { printArgument } from '../component-use.js'
import { valueOf } from '../scalar.js'
import { drawing, emitDraws } from './draws.js'
import { emitFormula, openFormula, type FormulaTree } from './formula-tree.js'
import type { ObjectiveComponent, ObjectiveContext } from './objective.js'

/**
 * The mean cost of architectures drawn from the logits as they stand (Xu et al., LA-DARTS, arXiv 2001.06392: drawn from the
 * architecture parameters, the average joins the loss). How they are drawn and how gradients pass a draw was not read; here
 * (reconstructed) Gumbel noise is added to the logarithms of the weights, the search derives from these as it does at its end, and
 * the gradient is that of the softmax of the same noisy weights (Jang et al., ICLR 2017: straight-through). `expected` has no
 * noise: the cost of the mean code.
 */
export const sampled: ObjectiveComponent = (read, context) => {
  const formula = read.formula('cost')
  const samples = read.number('samples', { least: 1, most: 1024, integer: true })
  const estimator = read.word('estimator', ['straight_through', 'expected'])
  const costs: SampledCost[] = []
  const tree = openFormula(formula, (use): SampledCost => {
    if (!isCostUse(use)) throw new Error(`${use.component} is no cost`)
    const emission = openCost(ofOne(use, context), read.clause, context)
    const cost = { name: printCost(use), emission, isConstant: use.variant === 'reference' }
    costs.push(cost)
    return cost
  })
  const keys = costs.map(({ emission }) => emission.key)
  const key = ['sampled', printArgument(formula), samples, estimator, ...keys].join(' ')
  const layout = (): ChoiceLayout => layoutOf(spaceOf(context))
  if (estimator === 'expected') {
    return { emission: { key, emit: (pass) => emitMean(pass, tree, [meanValues(pass, costs, layout())]) } }
  }
  return {
    emission: {
      key,
      emit: (pass) => emitMean(pass, tree, drawnValues(pass, costs, { name: context.name, layout: layout(), samples })),
    },
    effect: (draws) => drawing(context.name, layout(), samples, draws),
  }
}

interface SampledCost {
  readonly name: string
  readonly emission: CostEmission
  /** The same of all architectures. */
  readonly isConstant: boolean
}

/** Values of the costs, in their order, of one architecture. */
type CostValues = ReadonlyMap<SampledCost, ValueId>

/** A cost by its bare name is that of the architecture that is drawn: the expected one where nothing is open. */
function ofOne(use: CostUse, { predictor }: ObjectiveContext): CostUse {
  return use.variant === undefined && use.cost !== predictor?.name ? { ...use, variant: 'expected' } : use
}

function meanValues(pass: CostPass, costs: readonly SampledCost[], layout: ChoiceLayout): CostValues {
  const { builder, mixture } = pass
  const tilts = builder.one('constant', [], { shape: [1, layout.size], values: [...exclusionsOf(layout)] })
  const rows = emitTilted(builder, layout, mixture, tilts)
  const own = {
    ...pass,
    mixture: { ...mixtureOf(builder, layout, rows, 0), setsOf: (path: string) => mixture?.setsOf(path) },
  }
  return new Map(
    costs.map((cost) => [cost, cost.emission.emit(cost.emission.emitDrawn === undefined ? own : pass)] as const),
  )
}

function drawnValues(
  pass: CostPass,
  costs: readonly SampledCost[],
  { name, layout, samples }: { readonly name: string; readonly layout: ChoiceLayout; readonly samples: number },
): readonly CostValues[] {
  const { builder } = pass
  const taken = emitDraws(pass, name, layout, samples)
  const passes = Array.from({ length: samples }, (_, row) => ({
    ...pass,
    mixture: mixtureOf(builder, layout, taken, row),
  }))
  const values = costs.map((cost) => {
    const { emission } = cost
    const drawn =
      emission.emitDrawn === undefined
        ? passes.map((each) => emission.emit(each))
        : emission.emitDrawn(pass, { count: samples, taken })
    return [cost, drawn] as const
  })
  return passes.map((_, row) => new Map(values.flatMap(([cost, drawn]) => pairs(cost, drawn[row]))))
}

function pairs(cost: SampledCost, value: ValueId | undefined): readonly (readonly [SampledCost, ValueId])[] {
  return value === undefined ? [] : [[cost, value]]
}

/** The mean of the formula, and of each of its costs as a figure. */
function emitMean(
  { builder }: CostPass,
  tree: FormulaTree<SampledCost>,
  drawn: readonly CostValues[],
): EmittedObjective {
  const mean = (values: readonly ValueId[]): ValueId => {
    const share = builder.one('fill', [], { shape: [], value: 1 / values.length })
    return builder.one('scale', [builder.one('add', values), share])
  }
  const values = drawn.map((costs) => {
    const term = emitFormula(builder, tree, (cost) => {
      const value = costs.get(cost)
      return value === undefined ? undefined : { value }
    })
    return valueOf(builder, term ?? { constant: 0 })
  })
  const costs = [...(drawn[0]?.keys() ?? [])].filter(({ isConstant }) => !isConstant)
  const figures = costs.map((cost) => {
    return [cost.name, mean(drawn.flatMap((each) => each.get(cost) ?? []))] as const
  })
  return { value: mean(values), figures: Object.fromEntries(figures) }
}

/** A row of what is taken of all decisions, for costs of networks. */
function mixtureOf(builder: ProgramBuilder, layout: ChoiceLayout, rows: ValueId, row: number): Mixture {
  const decisions = new Map(layout.decisions.map((decision) => [decision.path, decision]))
  const decisionOf = (path: string): Decision => {
    const decision = decisions.get(path)
    if (decision === undefined) throw new Error(`the decision ${path} is not of this space`)
    return decision
  }
  const block = builder.one('slice', [rows], { begin: [row, 0], size: [1, layout.size] })
  const weights = builder.one('reshape', [block], { shape: [layout.size] })
  return {
    weights,
    has: (path) => decisions.has(path),
    offsetOf: layout.offsetOf,
    optionsOf: (path) => decisionOf(path).options.length,
    figure: () => undefined,
    setsOf(path) {
      const { arity, options } = decisionOf(path)
      const of = arity && optionSets({ options: options.length, ...arity })
      if (of === undefined) return undefined
      const from = layout.offsetOf(path)
      const own = (): ValueId => builder.one('slice_channels', [weights], { from, to: from + options.length })
      return { of, chances: lazy(() => emitExactSets(builder, own(), of)) }
    },
  }
}
