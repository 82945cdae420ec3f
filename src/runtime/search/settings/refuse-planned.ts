import { Failure } from '../../../catalogue/failure.js'
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
  const [what] = expressionsOf(search).flatMap((expression) => plannedIn(ir, expression))
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
