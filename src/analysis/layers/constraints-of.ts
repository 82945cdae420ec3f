import { createDecider } from '../../space/binding/create-decider.js'
import { type Decider } from '../../space/decisions/decider.js'
import { conventionNamed, defaultConvention } from '../../space/cost/convention.js'
import type { Decision } from '../../space/decisions/decision.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { AbsentDecision, type Environment, type Facts } from '../../space/evaluation/environment.js'
import { booleanIn, evaluateIn, numberIn, rootEnvironment, withLets } from '../../space/evaluation/evaluate.js'
import { delayedCellParameters } from '../../space/network/cell.js'
import { printExpression } from '../../space/expressions/print-expression.js'
import { innerScope } from '../../space/decisions/decision-scope.js'
import type { Value } from '../../space/evaluation/value.js'
import { Failure } from '../../catalogue/failure.js'
import type { AggregateExpression, CostExpression, DecisionExpression, Expression } from '../../ir/model/expression.js'
import { aggregateOf, type Aggregate } from '../diagram/aggregate.js'
import { everyNode, type CellProgress, type StackProgress } from './cell/cell-progress.js'
import { conjuncts, everyPart, intervalOf } from '../diagram/interval.js'
import { headOf } from './reach.js'
import { quantityNames, type AnalysisContext, type Quantity, type QuantityName } from '../diagram/layer.js'
import { RequireFailure, type Constraint } from '../diagram/constraint.js'
import type { PartialArchitecture } from '../diagram/partial-architecture.js'
import { derivedEnvironment } from './required-value.js'
import { isSameOption, optionValue } from './required-options.js'
import {
  isOutdated,
  requiredPaths,
  type Decisions,
  type RequiredPaths,
  type RequireFault,
  type StatedTest,
} from './required-paths.js'
import { mayNameDecisions, withDecisions } from './required-names.js'
import { requiresOf } from './requires-of.js'

/**
 * All conditions of a space, in the order in which they are written, those of its cells behind its own. Cells that stand in no
 * stack require nothing.
 *
 * @param decisionsOf all decisions of the space; asked for where a condition speaks of any
 * @throws Failure NAS6133, NAS6134 where a condition has no meaning
 */
export function constraintsOf(context: AnalysisContext, decisionsOf: () => Decisions): readonly Constraint[] {
  return conditionsOf(context).map((condition, number) => {
    const prepared = preparedWith(context, condition, decisionsOf)
    const fault = prepared.paths.faults.find((each) => !isOutdated(each) && each.kind !== 'two-readings')
    if (fault) throw faultOf(context, condition.text, fault)
    return constraint(context, { ...prepared, number })
  })
}

/** A condition with what its paths and names stand for. */
function preparedWith(
  context: AnalysisContext,
  condition: Condition,
  decisionsOf: () => Decisions,
): Omit<PreparedCondition, 'number'> {
  const asks = mentionsDecisions(condition.test) || mayNameDecisions(context, condition.test)
  const decisions = asks ? decisionsOf() : new Map<string, Decision>()
  const { test, readings } = withDecisions(context, decisions, condition, condition.test)
  const paths = requiredPaths(context, decisions, { ...condition, test })
  return { ...condition, test, paths: { ...paths, faults: [...paths.faults, ...readings] } }
}

/** What is wrong with the paths of the conditions of a space. */
export function requireFaultsOf(context: AnalysisContext, decisionsOf: () => Decisions): readonly RequireFault[] {
  return conditionsOf(context).flatMap((condition) => preparedWith(context, condition, decisionsOf).paths.faults)
}

/** A condition as it is written; `a and b` is two. */
interface Condition extends StatedTest {
  readonly text: string
}

function conditionsOf({ ir, space }: AnalysisContext): readonly Condition[] {
  return requiresOf(ir, space).flatMap((stated) => {
    const tests = conjuncts(stated.require.test)
    return tests.map((test) => ({
      ...stated,
      test,
      text: tests.length > 1 ? printExpression(test) : stated.require.text,
    }))
  })
}

function mentionsDecisions(test: Expression): boolean {
  return everyPart(test).some(({ kind }) => ['decision', 'aggregate', 'local', 'constant'].includes(kind))
}

interface PreparedCondition extends Condition {
  readonly paths: RequiredPaths
  readonly number: number
}

function constraint(context: AnalysisContext, condition: PreparedCondition): Constraint {
  const { test, require, text, cell, paths } = condition
  const all = everyPart(test)
  const isOfGraph = all.some(({ kind }) => kind === 'topology')
  const costs = all.flatMap((part) => (part.kind === 'cost' ? [quantityOf(part)] : []))
  const interval = intervalOf(context, test, ({ kind }) => kind === 'cost')
  const aggregates = aggregatesOf(context, condition)
  const inAggregates = new Set(aggregates.flatMap(({ places }) => places.flatMap((place) => place.paths)))
  return {
    text,
    test,
    require,
    costs: costs.filter((cost, index) => costs.findIndex((other) => isSame(other, cost)) === index),
    aggregates,
    ...(cell === undefined ? {} : { cell }),
    ...(interval ? { interval } : {}),
    mentions: (path) => paths.paths.has(path) || inAggregates.has(path),
    needs: (path) => paths.paths.has(path),
    concerns: (layer) =>
      [...paths.paths].some((path) => layer.reads(path) || layer.settles?.(path) === true) ||
      (isOfGraph && layer.cell === cell),
    holds: (known) =>
      attempt(context, condition, () => booleanIn(environmentOf(context, condition, aggregates, known), test)) ?? true,
  }
}

function isSame(a: Quantity, b: Quantity): boolean {
  return a.name === b.name && a.convention === b.convention
}

/** Undefined where it is neither true nor false. */
function attempt<T>(context: AnalysisContext, { text, require }: Condition, evaluate: () => T): T | undefined {
  try {
    return evaluate()
  } catch (jump) {
    if (jump instanceof AbsentDecision) return undefined
    if (!(jump instanceof ElaborationFailure)) throw jump
    const what = jump.what.replace(/\.$/, '')
    throw new RequireFailure(require, 'require-without-truth', { text, space: context.space.name, what })
  }
}

function aggregatesOf(context: AnalysisContext, condition: PreparedCondition): readonly Aggregate[] {
  return [...condition.paths.aggregates].map(([expression, places], index) => ({
    key: `${condition.number}.${index}`,
    expression,
    places,
    valueAt: (place, known) => {
      const selected = new Map([...known.selected].filter(([path]) => place.paths.includes(path)))
      const environment = environmentOf(context, condition, [], { ...known, selected })
      const value = attempt(context, condition, () => {
        return isOfNumbers(expression) ? numberIn(environment, expression.of) : booleanIn(environment, expression.of)
      })
      return value === undefined ? undefined : Number(value)
    },
  }))
}

function isOfNumbers({ function: name }: AggregateExpression): boolean {
  return name === 'sum' || name === 'min' || name === 'max'
}

function environmentOf(
  context: AnalysisContext,
  { cell, paths }: PreparedCondition,
  aggregates: readonly Aggregate[],
  known: PartialArchitecture,
): Environment {
  const facts: Facts = {
    decision: (path) => decisionIn(root, paths, path, known),
    cost(expression) {
      if (known.cost) return known.cost(quantityOf(expression))
      throw new ElaborationFailure('', 'undefined-value', {
        what: `\`${printExpression(expression)}\` is no cost of one place`,
      })
    },
    topology: (fact) => graphFact(known, fact),
    aggregate: (expression) => aggregateIn(aggregates, expression, known),
    isSame: isSameOption,
  }
  const root = withLets(
    {
      ...rootEnvironment(context.ir, context.options.params, { space: context.space, decider: deciderOf(known) }),
      facts,
      at: context.space.name,
    },
    context.space.lets,
  )
  const use = context.space.cells.find(({ name }) => name === cell)
  const declaration = context.ir.cells.find(({ id }) => id === use?.cell)
  if (!use || !declaration) return root
  const scope = innerScope(root.scope, 'cell', use.name)
  const parameters = delayedCellParameters({ ...root, at: use.name }, use, declaration)
  return withLets({ ...root, scope, locals: { ...root.locals, ...parameters } }, declaration.lets)
}

function deciderOf({ selected }: PartialArchitecture): Decider {
  return createDecider(({ path }) => {
    const options = selected.get(path)
    if (!options) throw new AbsentDecision(path)
    return { kind: 'fixed', options }
  })
}

/** What a path stands for in the architecture at hand; of several decisions, the one that is made at the place at hand. */
function decisionIn(
  root: Environment,
  paths: RequiredPaths,
  expression: DecisionExpression,
  { selected, decisions }: PartialArchitecture,
): Value {
  const value = paths.valueOf(expression)
  if (value?.kind === 'derived') {
    return evaluateIn(derivedEnvironment(root, value), value.expression)
  }
  for (const path of value?.places.keys() ?? []) {
    const decision = decisions.get(path)
    const options = selected.get(path)
    if (!decision || !options) continue
    const taken = options.map((option) => optionValue(decision, option))
    return decision.arity ? taken : (taken[0] ?? false)
  }
  throw new AbsentDecision(expression.path)
}

function aggregateIn(
  aggregates: readonly Aggregate[],
  expression: AggregateExpression,
  known: PartialArchitecture,
): Value {
  const aggregate = aggregates.find((each) => each.expression === expression)
  if (!aggregate) throw new Error('an aggregate in another one')
  const value = known.aggregates?.get(aggregate.key) ?? aggregateOf(aggregate, known)
  // The least of nothing is nothing.
  if (!Number.isFinite(value)) throw new AbsentDecision(expression.function)
  return expression.function === 'all' || expression.function === 'exists' ? value === 1 : value
}

function graphFact({ progress }: PartialArchitecture, expression: Parameters<Facts['topology']>[0]): Value {
  // The layer at which this is asked leaves what its cell was.
  const cell: CellProgress | undefined = (progress as StackProgress | undefined)?.cell
  if (!cell) throw new AbsentDecision('cell')
  if (expression.fact === 'edges') return cell.edges ?? 0
  return cell.nodes === undefined || everyNode(expression, cell.nodes)
}

const aliases: Readonly<Record<string, QuantityName>> = { params: 'parameters', flops: 'macs' }

/** How a condition counts a cost; by `conv-fc` where it does not say. */
export function quantityOf({ cost, variant, convention = defaultConvention }: CostExpression): Quantity {
  const name = quantityNames.find((known) => known === (aliases[cost] ?? cost))
  const counted = conventionNamed(convention)
  if (name && counted && variant === undefined) return { name, convention: counted }
  throw new Failure('require-unknown-cost', {
    name: variant === undefined ? cost : `${cost}.${variant}`,
    names: quantityNames.join(', '),
  })
}

function faultOf({ space }: AnalysisContext, text: string, fault: RequireFault): Failure {
  const { expression } = fault
  const path = expression.kind === 'decision' ? expression.path : printExpression(expression)
  const near = fault.kind === 'unknown' ? fault.near : fault.kind === 'several' ? fault.paths : []
  const alike = near.filter((known) => headOf(known) === headOf(path))
  const paths = (alike.length > 0 ? alike : near).slice(0, 12).join(', ')
  return new Failure('require-unknown-decision', { text, space: space.name, path, paths })
}
