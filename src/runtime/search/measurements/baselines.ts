import type { PredictorFitted, PredictorQuality } from '../../run/events.js'
import { qualityOf } from './quality.js'
import type { Sample, SampleSplit } from './samples.js'

/**
 * What a predictor has to beat to be worth its while: the mean of what was fitted, a straight line over multiply-accumulates, and a
 * cost for every option, added up.
 */
export function baselinesOf({ fitted, heldOut }: SampleSplit): PredictorFitted['baselines'] {
  const quality = (featuresOf: (sample: Sample) => ArrayLike<number>): PredictorQuality => {
    const predict = leastSquares(
      fitted.map((sample) => ({ features: featuresOf(sample), value: sample.value })),
      ridge,
    )
    return qualityOf(
      heldOut.map((sample) => predict(featuresOf(sample))),
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

/** Options that are never there together leave the least squares open without it. */
const ridge = 1e-3

interface Point {
  readonly features: ArrayLike<number>
  readonly value: number
}

/**
 * The linear function with the least sum of squared errors plus `penalty` times the squares of its factors, by conjugate gradients
 * on the normal equations (Hestenes and Stiefel 1952). Features and values are centred, so that the constant is not penalised.
 */
function leastSquares(points: readonly Point[], penalty: number): (features: ArrayLike<number>) => number {
  const size = points[0]?.features.length ?? 0
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length
  const centre = Float64Array.from({ length: size }, (_, i) =>
    points.reduce((sum, { features }) => sum + (features[i] ?? 0) / points.length, 0),
  )
  const rows = points.map(({ features }) => centre.map((each, i) => (features[i] ?? 0) - each))
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, each, i) => sum + each * (b[i] ?? 0), 0)
  const back = (errors: readonly number[]): Float64Array => {
    const sum = new Float64Array(size)
    rows.forEach((row, index) => row.forEach((each, i) => (sum[i] = (sum[i] ?? 0) + each * (errors[index] ?? 0))))
    return sum
  }
  const factors = new Float64Array(size)
  let residual = back(points.map(({ value }) => value - mean))
  let direction = residual
  let square = dot(residual, residual)
  const goal = square * 1e-20
  for (let step = 0; step < 2 * size && square > goal && square > 0; step++) {
    const forward = back(rows.map((row) => dot(row, direction))).map((each, i) => each + penalty * (direction[i] ?? 0))
    const length = square / dot(direction, forward)
    direction.forEach((each, i) => (factors[i] = (factors[i] ?? 0) + length * each))
    residual = residual.map((each, i) => each - length * (forward[i] ?? 0))
    const before = square
    square = dot(residual, residual)
    const last = direction
    direction = residual.map((each, i) => each + (square / before) * (last[i] ?? 0))
  }
  return (features) => mean + factors.reduce((sum, each, i) => sum + each * ((features[i] ?? 0) - (centre[i] ?? 0)), 0)
}
