import { openSchedule } from '../schedules/index.js'
import type { OptimiserComponent } from './optimiser.js'

/** Stochastic gradient descent with (Nesterov) momentum and L2 decay, as torch.optim.SGD. */
export const sgd: OptimiserComponent = (read) => ({
  spec: {
    kind: 'sgd',
    momentum: read.number('momentum', { least: 0, most: 1 }),
    decay: read.number('decay', { least: 0 }),
    nesterov: read.boolean('nesterov'),
  },
  learningRate: openSchedule(read.component('lr'), read.clause),
})
