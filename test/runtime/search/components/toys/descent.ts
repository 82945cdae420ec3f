import type { OptimiserComponent } from '../../../../../src/runtime/search/components/optimisers/optimiser.js'
import { openSchedule } from '../../../../../src/runtime/search/components/schedules/index.js'

/** Gradient descent without state: what it moves by is added to the variable. */
export const descent: OptimiserComponent = (read) => ({
  emission: {
    key: 'descent',
    decay: 0,
    state: [],
    emit({ builder, variable, gradient, rate, clip }) {
      const clipped = clip === undefined ? gradient : builder.one('scale', [gradient, clip])
      const down = builder.one('multiply', [rate, builder.one('fill', [], { shape: [], value: -1 })])
      builder.emit('accumulate', [variable, builder.one('scale', [clipped, down])])
    },
  },
  learningRate: openSchedule(read.component('lr'), read.clause),
})
