import type { Ir } from '../../../ir/model/ir.js'
import type { ParamOverrides } from '../../../space/evaluation/param-overrides.js'
import type { ComponentUse } from '../components/component-use.js'
import type { ArgumentReader } from '../components/reader.js'
import { optional } from './optional.js'
import type { AuxiliaryPlan, DropConnectPlan, RetrainPlan, SearchPlan, TrainPlan } from './plan.js'
import { weightsPlan } from './reads-results.js'
import { readSettings, type SettingsReader, type SettingValues } from './settings-reader.js'
import { dropConnectOf, dropRates, withLearningRate } from './train-plan.js'
import { initialSettings, updateSettings } from './update-settings.js'

/** How what a search finds is trained from scratch: what the search says of its weights holds where the block says nothing. */
export function retrainPlan(ir: Ir, search: SearchPlan, params: ParamOverrides, values: SettingValues): RetrainPlan {
  const settings = readSettings(ir, values, 'retrain', 'retrain')
  const auxiliary = settings.find('auxiliary')
  const weight = auxiliary?.number('weight', { least: 0 }) ?? 0
  const { optimiser, warmup, clip, clipValue, zeroInitResidual } = weightsPlan(search)
  return {
    ...optional('warmup', warmup),
    ...optional('clip', clip),
    ...optional('clipValue', clipValue),
    ...optional('zeroInitResidual', zeroInitResidual),
    ...updateSettings(settings),
    ...initialSettings(settings),
    params,
    epochs: settings
      .need('epochs', 'Say how long the found network is trained: `retrain { epochs 600 }`.')
      .number('count', { least: 1, integer: true }),
    batch: settings.find('batch')?.number('count', { least: 1, integer: true }) ?? search.batch,
    ...optional('examples', settings.find('examples')?.number('count', { least: 1, integer: true })),
    ...optional('architectures', settings.find('architectures')?.number('count', { least: 1, integer: true })),
    optimiser: withDecay(
      withLearningRate(optimiser, settings.find('lr')?.component('schedule')),
      settings.find('decay')?.number('amount', { least: 0 }),
    ),
    ...optional('labelSmoothing', settings.find('label_smoothing')?.number('share', { least: 0, most: 1 })),
    ...optional(
      'decaysKernelsOnly',
      settings.find('decay_kernels_only')?.boolean('on') ?? weightsPlan(search).decaysKernelsOnly,
    ),
    ...optional(
      'headDropout',
      settings.find('head_dropout')?.number('rate', dropRates) ?? weightsPlan(search).headDropout?.rate,
    ),
    ...optional('dropConnect', retrainedDropConnect(settings, weightsPlan(search))),
    ...optional(
      'imageSide',
      settings.find('image_side')?.number('pixels', { least: 1, integer: true }) ?? search.imageSide,
    ),
    augment: settings.find('augment')?.components('by') ?? search.augment,
    cutout: settings.find('cutout')?.number('side', { least: 0, integer: true }) ?? 0,
    dropPath: settings.find('drop_path')?.span('probability', { least: 0, most: 0.99 }) ?? { from: 0, to: 0 },
    ...(auxiliary !== undefined && weight > 0 && { auxiliary: auxiliaryPlan(auxiliary, weight) }),
  }
}

/** What the search says of its weights holds where the retraining says nothing. */
function retrainedDropConnect(settings: SettingsReader, { dropConnect }: TrainPlan): DropConnectPlan | undefined {
  const own = settings.find('drop_connect')
  if (own !== undefined) return dropConnectOf(own)
  return dropConnect && { rate: dropConnect.rate, stages: dropConnect.stages }
}

function auxiliaryPlan(read: ArgumentReader, weight: number): AuxiliaryPlan {
  return {
    weight,
    at: read.number('at', { above: 0, most: 1 }),
    ...optional('head', read.has('head') ? read.text('head') : undefined),
  }
}

function withDecay(optimiser: ComponentUse, decay: number | undefined): ComponentUse {
  return decay === undefined ? optimiser : { ...optimiser, arguments: { ...optimiser.arguments, decay } }
}
