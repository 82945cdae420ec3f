import { readWarmup } from '../components/schedules/warmup.js'
import { optional } from './optional.js'
import type { TrainPlan, UpdatePlan } from './plan.js'
import type { SettingsReader } from './settings-reader.js'

/** What settings say of how variables are moved. Of several blocks the first one that has a setting says it. */
export function updateSettings(...blocks: readonly SettingsReader[]): Omit<UpdatePlan, 'optimiser'> {
  const find = (name: string) => findIn(blocks, name)
  const warmup = find('warmup')
  return {
    ...optional('warmup', warmup && readWarmup(warmup)),
    ...optional('clip', find('clip')?.number('norm', { above: 0 })),
    ...optional('clipValue', find('clip_value')?.number('limit', { above: 0 })),
  }
}

/** How weights begin. */
export function initialSettings(...blocks: readonly SettingsReader[]): Pick<TrainPlan, 'zeroInitResidual'> {
  return optional('zeroInitResidual', findIn(blocks, 'zero_init_residual')?.boolean('on'))
}

function findIn(blocks: readonly SettingsReader[], name: string): ReturnType<SettingsReader['find']> {
  return blocks.map((block) => block.find(name)).find((found) => found !== undefined)
}
