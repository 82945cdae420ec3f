import { openSchedule } from '../schedules/index.js'
import { adamEmission } from './adam.js'
import type { OptimiserComponent } from './optimiser.js'

/** Adam whose decay is apart from the gradient (Loshchilov and Hutter, ICLR 2019), as torch.optim.AdamW. */
export const adamw: OptimiserComponent = (read) => {
  const [beta1, beta2] = read.pair('betas', { least: 0, most: 1 })
  const epsilon = read.number('epsilon', { above: 0 })
  const decay = read.number('decay', { least: 0 })
  const plain = adamEmission({ beta1, beta2, epsilon, decay: 0 })
  return {
    emission: {
      ...plain,
      key: `decoupled ${plain.key}`,
      decay,
      emit(step) {
        const { builder, variable, rate } = step
        if (step.decay > 0) {
          const share = builder.one('fill', [], { shape: [], value: -step.decay })
          const lost = builder.one('scale', [variable, builder.one('multiply', [rate, share])])
          builder.emit('accumulate', [variable, lost])
        }
        plain.emit({ ...step, decay: 0 })
      },
    },
    learningRate: openSchedule(read.component('lr'), read.clause),
  }
}
