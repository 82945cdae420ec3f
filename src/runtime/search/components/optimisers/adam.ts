import type { OptimiserEmission } from '../../../plan/optimiser.js'
import { openSchedule } from '../schedules/index.js'
import type { OptimiserComponent } from './optimiser.js'

/** Adam (Kingma and Ba, ICLR 2015) with the L2 decay added to the gradient, as torch.optim.Adam. */
export const adam: OptimiserComponent = (read) => {
  const [beta1, beta2] = read.pair('betas', { least: 0, most: 1 })
  const epsilon = read.number('epsilon', { above: 0 })
  return {
    emission: adamEmission({ beta1, beta2, epsilon, decay: read.number('decay', { least: 0 }) }),
    learningRate: openSchedule(read.component('lr'), read.clause),
  }
}

export interface AdamSettings {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly decay: number
}

/** Both moments are kept; their bias is corrected by the input `step`, which counts from 1. */
export function adamEmission({ beta1, beta2, epsilon, decay: whole }: AdamSettings): OptimiserEmission {
  return {
    key: `adam ${String(beta1)} ${String(beta2)} ${String(epsilon)}`,
    decay: whole,
    state: ['first', 'second'],
    emit({ builder, variable, state, gradient, rate, decay, clip }) {
      const inputs = [variable, ...state, gradient, rate, builder.input('step', [])]
      const clipped = clip !== undefined
      builder.emit('adam', clipped ? [...inputs, clip] : inputs, { beta1, beta2, epsilon, decay, clipped })
    },
  }
}
