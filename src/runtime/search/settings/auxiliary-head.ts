import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { isComponent, isList, isOperation, type OperationValue } from '../../../space/evaluation/value.js'
import type { Ir } from '../../../ir/model/ir.js'
import { pickScale, pickSearch } from './pick.js'
import type { SearchPlan } from './plan.js'

/**
 * The operation that `auxiliary … head` names in the retraining: a plan can only hold its text. Undefined: the search
 * names none, and the program's own one stands.
 */
export function auxiliaryHeadOf(ir: Ir, plan: SearchPlan, params: ParamValues): OperationValue | undefined {
  const search = pickSearch(ir, plan.search)
  const blocks = [pickScale(search, plan.scale)?.blocks['retrain'], search.retrain]
  const setting = blocks.find((block) => block?.values['auxiliary'] !== undefined)?.values['auxiliary']
  if (setting === undefined) return undefined
  const value = evaluate(ir, setting, params)
  if (typeof value !== 'object' || isList(value) || !isComponent(value)) return undefined
  const head = value.arguments['head']
  return typeof head === 'object' && isOperation(head) ? head : undefined
}
