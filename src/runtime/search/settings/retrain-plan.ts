import type { Ir } from '../../../ir/model/ir.js'
import type { ParamOverrides } from '../../../space/evaluation/param-overrides.js'
import { optimiserUnder } from '../components/settings/acts.js'
import type { Circumstances } from '../components/settings/setting.js'
import { settle, type SettingsBlock } from '../components/settings/settle.js'
import { openBlock } from './open-block.js'
import type { RetrainPlan, SearchPlan } from './plan.js'
import { weightsPlan } from './judging.js'

/** How what a search finds is trained from scratch: what the search says of its weights holds where the block says nothing. */
export function retrainPlan(
  ir: Ir,
  search: SearchPlan,
  params: ParamOverrides,
  values: SettingsBlock['values'],
  circumstances: Circumstances,
): RetrainPlan {
  const clause = 'retrain'
  const weights = weightsPlan(search)
  const before = { search: search.settings, weights: weights.settings }
  const own = openBlock(ir, values, clause, clause)
  const settings = settle(clause, { [clause]: own }, { ...circumstances, clause }, before)
  return { params, optimiser: optimiserUnder(settings, weights.optimiser), settings }
}
