import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch } from '../../../ir/model/search.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { defaultPredictorOptimiser } from '../components/optimisers/index.js'
import { componentUseOf } from './argument.js'
import type { PredictorPlan } from './plan.js'
import { readSettings, type SettingValues } from './settings-reader.js'

/** Where the search is silent (reconstructed for LA-DARTS: arXiv 2001.06392 was not read so far). */
const defaults = { epochs: 100, batch: 64, measure: 2000 } as const

/** @param values of the settings of a block */
export function predictorPlan(
  ir: Ir,
  { predictor, train }: IrSearch,
  params: ParamValues,
  values: (training: IrSearch['train'][number]) => SettingValues,
): PredictorPlan | undefined {
  if (predictor === undefined) return undefined
  const clause = 'train predictor'
  const training = train.find(({ variables }) => variables === 'predictor')
  const own = training && readSettings(ir, values(training), clause, clause)
  const count = (name: 'epochs' | 'batch'): number =>
    own?.find(name)?.number('count', { least: 1, integer: true }) ?? defaults[name]
  return {
    name: predictor.name,
    by: componentUseOf(evaluate(ir, predictor.by, params), `predictor ${predictor.name}`),
    optimiser:
      training === undefined
        ? defaultPredictorOptimiser
        : componentUseOf(evaluate(ir, training.optimiser, params), clause),
    epochs: count('epochs'),
    batch: count('batch'),
    measure: own?.find('measure')?.number('architectures', { least: 2, integer: true }) ?? defaults.measure,
  }
}
