import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { isComponent, isList, isOperation, type OperationValue } from '../../../space/evaluation/value.js'
import type { Ir } from '../../../ir/model/ir.js'
import { pickScale, pickSearch } from './pick.js'
import type { SearchPlan } from './plan.js'

/**
 * The operation that an argument of a setting of the retraining names: a plan can only hold its text. Undefined: the search says
 * none.
 */
export function saidOperation(
  ir: Ir,
  plan: Pick<SearchPlan, 'search' | 'scale'>,
  params: ParamValues,
): (setting: string, argument: string) => OperationValue | undefined {
  const search = pickSearch(ir, plan.search)
  const blocks = [pickScale(search, plan.scale)?.blocks['retrain'], search.retrain]
  return (name, argument) => {
    const setting = blocks.find((block) => block?.values[name] !== undefined)?.values[name]
    if (setting === undefined) return undefined
    const value = evaluate(ir, setting, params)
    if (typeof value !== 'object' || isList(value) || !isComponent(value)) return undefined
    const named = value.arguments[argument]
    return typeof named === 'object' && isOperation(named) ? named : undefined
  }
}
