import { Failure } from '../../../catalogue/failure.js'
import type { Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { Training } from '../../../ir/model/search.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import type { ComponentUse } from '../components/component-use.js'
import type { ArgumentReader } from '../components/reader.js'
import { componentUseOf } from './argument.js'
import { optional } from './optional.js'
import type { ChoicesPlan, DropConnectPlan, TrainPlan } from './plan.js'
import { valuesOf } from './setting-values.js'
import { readSettings, type SettingsReader } from './settings-reader.js'
import { initialSettings, updateSettings } from './update-settings.js'

export const dropRates = { least: 0, most: 0.99 }

/** What `train weights` says, and settings of the search about it. */
export function trainPlan(ir: Ir, training: Training, params: ParamValues, search: SettingsReader): TrainPlan {
  const clause = 'train weights'
  const own = readSettings(ir, valuesOf(ir, training.settings, params, clause), clause, clause)
  const learningRate = (search.find('lr') ?? own.find('lr'))?.component('schedule')
  const dropout = search.find('head_dropout') ?? own.find('head_dropout')
  const connect = search.find('drop_connect') ?? own.find('drop_connect')
  return {
    ...trainPlanFrom(ir, training, params, learningRate),
    ...updateSettings(search, own),
    ...initialSettings(search, own),
    ...optional('decaysKernelsOnly', own.find('decay_kernels_only')?.boolean('on')),
    ...optional('headDropout', dropout && { rate: dropout.number('rate', dropRates), for: dropout.component('for') }),
    ...optional('dropConnect', connect && { ...dropConnectOf(connect), for: connect.component('for') }),
  }
}

/** What `train choices` says, and settings of the search about it. */
export function choicesPlan(ir: Ir, training: Training, params: ParamValues, search: SettingsReader): ChoicesPlan {
  const clause = 'train choices'
  const own = readSettings(ir, valuesOf(ir, training.settings, params, clause), clause, clause)
  const learningRate = (search.find('choice_lr') ?? own.find('lr'))?.component('schedule')
  const frozen = (search.find('frozen') ?? own.find('frozen'))?.number('epochs', { least: 0, integer: true })
  return {
    ...trainPlanFrom(ir, training, params, learningRate),
    ...updateSettings(own),
    ...optional('frozen', frozen),
    ...((search.find('second_order') ?? own.find('second_order'))?.boolean('on') === true && { secondOrder: true }),
    deviation: own.find('choice_init')?.number('deviation', { least: 0 }) ?? 1e-3,
  }
}

function trainPlanFrom(
  ir: Ir,
  training: Training,
  params: ParamValues,
  learningRate: ComponentUse | undefined,
): TrainPlan {
  const clause = `train ${training.variables}`
  const share = training.share && shareOf(ir, training.share, params, clause)
  const optimiser = componentUseOf(evaluate(ir, training.optimiser, params), clause)
  return {
    ...optional('share', share),
    optimiser: withLearningRate(optimiser, learningRate),
  }
}

export function shareOf(ir: Ir, expression: Expression, params: ParamValues, clause: string): number {
  const share = evaluate(ir, expression, params)
  if (typeof share === 'number' && share > 0 && share <= 1) return share
  throw new Failure('share-out-of-range', { clause })
}

export function dropConnectOf(read: ArgumentReader): DropConnectPlan {
  return { rate: read.number('rate', dropRates), stages: read.number('stages', { least: 1, integer: true }) }
}

export function withLearningRate(optimiser: ComponentUse, schedule: ComponentUse | undefined): ComponentUse {
  return schedule === undefined ? optimiser : { ...optimiser, arguments: { ...optimiser.arguments, lr: schedule } }
}
