import type { PredictorFitted, PredictorQuality } from '../../run/events.js'
import { leastSquares, linearValue, smallPenalty } from './least-squares.js'
import { qualityOf } from './quality.js'
import type { Sample, SampleSplit } from './samples.js'

/**
 * What a predictor has to beat to be worth its while: the mean of what was fitted, a straight line over multiply-accumulates, and a
 * cost for every option, added up.
 */
export function baselinesOf({ fitted, heldOut }: SampleSplit): PredictorFitted['baselines'] {
  const quality = (featuresOf: (sample: Sample) => ArrayLike<number>): PredictorQuality => {
    const found = leastSquares(
      fitted.map((sample) => ({ features: featuresOf(sample), value: sample.value })),
      smallPenalty,
    )
    return qualityOf(
      heldOut.map((sample) => linearValue(found, featuresOf(sample))),
      heldOut,
    )
  }
  const mostMacs = Math.max(1, ...fitted.map(({ macs }) => macs))
  return {
    constant: quality(() => []),
    macs: quality(({ macs }) => [macs / mostMacs]),
    oneHot: quality(({ code }) => code),
  }
}
