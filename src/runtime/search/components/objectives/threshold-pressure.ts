import { thresholdName } from '../../../plan/emission.js'
import type { ObjectiveComponent } from './objective.js'

/**
 * -sum log t over the thresholds that relaxations record: it pushes them up, and with them more weights to zero. Reconstructed:
 * that EnTranNAS-DST needs such a term is read, its form is ours.
 */
export const thresholdPressure: ObjectiveComponent = () => ({
  emission: {
    key: 'threshold_pressure',
    emit({ builder, mixture }) {
      const thresholds = mixture?.figure(thresholdName)
      if (thresholds === undefined) return { value: builder.one('fill', [], { shape: [], value: 0 }), figures: {} }
      const sum = builder.one('sum_all', [builder.one('log', [thresholds])])
      const value = builder.one('scale', [sum, builder.one('fill', [], { shape: [], value: -1 })])
      return { value, figures: {} }
    },
  },
})
