import { bestLeastSquares, leastSquares, linearValue, smallPenalty, type LinearFunction } from './least-squares.js'
import type { Sample, SampleSplit } from './samples.js'

/** Parts that are left out in turn where the penalty is chosen. */
const parts = 5

/**
 * What adds up over the options of an architecture: a straight line over multiply-accumulates, and a cost for every option that is
 * penalised for being apart from that line as much as tells architectures that were left out best. Few and noisy measurements come
 * to little more than the line, many and quiet ones to a cost of its own for every option. A predictor is fitted to what is left
 * (reconstructed for LA-DARTS: arXiv 2001.06392 was not read so far).
 */
export function trendOf({ fitted: samples, macs }: Pick<SampleSplit, 'fitted' | 'macs'>): LinearFunction {
  const most = Math.max(1, ...samples.map((sample) => sample.macs))
  const added = ({ code }: Sample): number => linearValue(macs, code) / most
  const line = leastSquares(
    samples.map((sample) => ({ features: [added(sample)], value: sample.value })),
    smallPenalty,
  )
  const rest = bestLeastSquares(
    samples.map((sample) => ({ features: sample.code, value: sample.value - linearValue(line, [added(sample)]) })),
    parts,
  )
  const [slope = 0] = line.factors
  return {
    ...{ mean: line.mean + rest.mean, centre: rest.centre },
    factors: rest.factors.map((factor, entry) => factor + (slope / most) * (macs.factors[entry] ?? 0)),
  }
}
