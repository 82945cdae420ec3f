import { Failure } from '../../../catalogue/failure.js'
import { plannedForms, type ClauseForm } from '../../../ir/model/clause-forms.js'
import type { Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch } from '../../../ir/model/search.js'
import { childrenOf } from '../../../space/expressions/children.js'

/**
 * Clauses that ask for what no part of the runtime does yet are refused, never ignored. Settings are refused where they are read:
 * those of another scale do not matter.
 *
 * @throws Failure with the first of them
 */
export function refusePlanned(ir: Ir, search: IrSearch): void {
  const component = expressionsOf(search).flatMap((expression) => plannedIn(ir, expression))[0]
  const form = formsOf(ir, search).find((each) => plannedForms.has(each))
  const what = component ?? form
  if (what !== undefined) throw new Failure('not-available-yet', { search: search.name, what })
}

/** The expressions of all clauses but settings. */
function expressionsOf(search: IrSearch): readonly Expression[] {
  const { sample, teacher, views, score, predictor } = search
  const optional = [sample, search.minimise, teacher, views, score, predictor?.by]
  return [
    ...search.relax.map(({ by }) => by),
    ...search.cells,
    ...optional.filter((expression) => expression !== undefined),
    ...search.train.map(({ optimiser }) => optimiser),
    ...search.derive.rules.map(({ by }) => by),
  ]
}

function plannedIn(ir: Ir, expression: Expression): readonly string[] {
  if (expression.kind === 'constant') {
    const constant = ir.constants.find(({ id }) => id === expression.id)
    return constant === undefined ? [] : plannedIn(ir, constant.value)
  }
  const inside = childrenOf(expression).flatMap((child) => plannedIn(ir, child))
  if (expression.kind !== 'component') return inside
  const component = ir.components.find(({ id }) => id === expression.component)
  return component?.planned === true
    ? [`the ${component.kind === 'cells' ? 'placement of cells' : component.kind} \`${component.name}\``, ...inside]
    : inside
}

/** The forms that a search has. */
function formsOf(ir: Ir, { train, minimise }: IrSearch): readonly ClauseForm[] {
  const forms: readonly (readonly [ClauseForm, boolean])[] = [
    ['per epoch', train.some(({ perEpoch }) => perEpoch)],
    ['an effective cost', isEffective(ir, minimise)],
  ]
  return forms.flatMap(([form, has]) => (has ? [form] : []))
}

/** Whether it speaks of the cost of shapes as they are weighted. */
function isEffective(ir: Ir, expression: Expression): boolean {
  if (expression.kind === 'cost') return expression.variant === 'effective'
  if (expression.kind === 'constant') {
    const constant = ir.constants.find(({ id }) => id === expression.id)
    return constant !== undefined && isEffective(ir, constant.value)
  }
  return childrenOf(expression).some((child) => isEffective(ir, child))
}
