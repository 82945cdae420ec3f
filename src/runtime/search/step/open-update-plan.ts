import type { UpdateSpec } from '../../plan/step.js'
import { openOptimiser } from '../components/optimisers/index.js'
import type { Schedule } from '../components/schedules/schedule.js'
import { updateUnder } from '../components/settings/acts.js'
import type { SettledSettings } from '../components/settings/rows.js'
import type { OpenedUpdate } from '../components/settings/setting.js'
import type { ComponentUse } from '../components/component-use.js'

/** What a plan says of how variables are moved. */
export interface UpdatePlan {
  readonly optimiser: ComponentUse
  readonly settings: SettledSettings
}

/**
 * How variables are moved, as a step takes it.
 *
 * @param schedule of the learning rate, in place of the optimiser's own
 */
export function openUpdatePlan(
  { optimiser, settings }: UpdatePlan,
  variables: UpdateSpec['variables'],
  clause: string,
  schedule?: Schedule,
): OpenedUpdate {
  const { emission, learningRate } = openOptimiser(optimiser, clause)
  return updateUnder(settings, {
    update: { variables, optimiser: emission },
    learningRate: schedule ?? learningRate,
  })
}
