import type { OptimiserEmission } from '../../plan/optimiser.js'
import type { UpdateSpec } from '../../plan/step.js'
import { openOptimiser } from '../components/optimisers/index.js'
import type { Schedule } from '../components/schedules/schedule.js'
import { warmedUp } from '../components/schedules/warmup.js'
import type { UpdatePlan } from '../settings/plan.js'

/** How variables are moved, as a step takes it. */
export interface OpenedUpdate {
  readonly optimiser: OptimiserEmission
  readonly update: UpdateSpec
  readonly learningRate: Schedule
}

/** @param schedule of the learning rate, in place of the optimiser's own */
export function openUpdatePlan(
  { optimiser, warmup, clip, clipValue, decaysKernelsOnly }: UpdatePlan,
  variables: UpdateSpec['variables'],
  clause: string,
  schedule?: Schedule,
): OpenedUpdate {
  const { emission, learningRate } = openOptimiser(optimiser, clause, decaysKernelsOnly)
  return {
    optimiser: emission,
    update: {
      variables,
      optimiser: emission,
      ...(clip !== undefined && { clip }),
      ...(clipValue !== undefined && { clipValue }),
    },
    learningRate: warmedUp(schedule ?? learningRate, warmup),
  }
}
