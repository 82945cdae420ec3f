import { Failure } from '../../../catalogue/failure.js'
import type { Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { Training } from '../../../ir/model/search.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { optimiserUnder } from '../components/settings/acts.js'
import type { Circumstances } from '../components/settings/setting.js'
import { settle, type SettingsBlock } from '../components/settings/settle.js'
import { componentUseOf } from './argument.js'
import { openBlock } from './open-block.js'
import { optional } from './optional.js'
import type { TrainPlan } from './plan.js'
import { valuesOf } from './setting-values.js'

/** What a `train` clause says, and settings of the search about it. @param search its own settings */
export function trainPlan<Variables extends 'weights' | 'choices'>(
  ir: Ir,
  variables: Variables,
  training: Training,
  params: ParamValues,
  search: SettingsBlock,
  circumstances: Circumstances,
): TrainPlan<Variables> {
  const clause: `train ${'weights' | 'choices'}` = `train ${variables}`
  const own = openBlock(ir, valuesOf(ir, training.settings, params, clause), clause, clause)
  const settings = settle(variables, { search, [clause]: own }, { ...circumstances, clause })
  return {
    ...optional('share', training.share && shareOf(ir, training.share, params, clause)),
    optimiser: optimiserUnder(settings, componentUseOf(evaluate(ir, training.optimiser, params), clause)),
    settings,
  }
}

export function shareOf(ir: Ir, expression: Expression, params: ParamValues, clause: string): number {
  const share = evaluate(ir, expression, params)
  if (typeof share === 'number' && share > 0 && share <= 1) return share
  throw new Failure('share-out-of-range', { clause })
}
