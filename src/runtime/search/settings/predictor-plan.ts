import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch } from '../../../ir/model/search.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { defaultPredictorOptimiser } from '../components/optimisers/index.js'
import { openPredictor } from '../components/predictors/index.js'
import { optimiserUnder } from '../components/settings/acts.js'
import type { Circumstances } from '../components/settings/setting.js'
import { settle } from '../components/settings/settle.js'
import { componentUseOf } from './argument.js'
import { openBlock } from './open-block.js'
import type { PredictorPlan } from './plan.js'
import { valuesOf } from './setting-values.js'

/** How the predictor of a search is fitted; undefined where it has none. */
export function predictorPlan(
  ir: Ir,
  { predictor, train }: IrSearch,
  params: ParamValues,
  circumstances: Circumstances,
): PredictorPlan | undefined {
  if (predictor === undefined) return undefined
  const clause = 'train predictor'
  const training = train.find(({ variables }) => variables === 'predictor')
  const own = openBlock(ir, valuesOf(ir, training?.settings, params, clause), clause, clause)
  const { name } = predictor
  const by = componentUseOf(evaluate(ir, predictor.by, params), `predictor ${name}`)
  const { measurements } = openPredictor(by, `predictor ${name}`)
  const predicts = measurements === undefined ? 'scores' : 'costs'
  const settings = settle('predictor', { [clause]: own }, { ...circumstances, clause, predicts })
  return {
    ...{ name, by, predicts },
    optimiser: optimiserUnder(
      settings,
      training === undefined
        ? defaultPredictorOptimiser
        : componentUseOf(evaluate(ir, training.optimiser, params), clause),
    ),
    settings,
  }
}
