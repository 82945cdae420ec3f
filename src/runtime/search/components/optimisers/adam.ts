import { openSchedule } from '../schedules/index.js'
import type { OptimiserComponent } from './optimiser.js'

/** Adam (Kingma and Ba, ICLR 2015) with the L2 decay added to the gradient, as torch.optim.Adam. */
export const adam: OptimiserComponent = (read) => {
  const [beta1, beta2] = read.pair('betas', { least: 0, most: 1 })
  return {
    spec: {
      kind: 'adam',
      beta1,
      beta2,
      epsilon: read.number('epsilon', { above: 0 }),
      decay: read.number('decay', { least: 0 }),
    },
    learningRate: openSchedule(read.component('lr'), read.clause),
  }
}
