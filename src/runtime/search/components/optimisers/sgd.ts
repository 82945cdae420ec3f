import type { OptimiserEmission } from '../../../plan/optimiser.js'
import { openSchedule } from '../schedules/index.js'
import type { OptimiserComponent } from './optimiser.js'

/** Stochastic gradient descent with (Nesterov) momentum and L2 decay, as torch.optim.SGD. */
export const sgd: OptimiserComponent = (read) => ({
  emission: sgdEmission({
    momentum: read.number('momentum', { least: 0, most: 1 }),
    decay: read.number('decay', { least: 0 }),
    nesterov: read.boolean('nesterov'),
  }),
  learningRate: openSchedule(read.component('lr'), read.clause),
})

export interface SgdSettings {
  readonly momentum: number
  readonly decay: number
  readonly nesterov: boolean
}

export function sgdEmission({ momentum, decay: whole, nesterov }: SgdSettings): OptimiserEmission {
  return {
    key: `sgd ${String(momentum)} ${String(nesterov)}`,
    decay: whole,
    state: ['velocity'],
    momentum: { state: 'velocity', factor: momentum },
    emit({ builder, variable, state, gradient, rate, decay, clip }) {
      const inputs = [variable, ...state, gradient, rate]
      const clipped = clip !== undefined
      builder.emit('sgd', clipped ? [...inputs, clip] : inputs, { momentum, decay, nesterov, clipped })
    },
  }
}
