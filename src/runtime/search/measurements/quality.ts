import { kendallTau } from '../../../support/rank-correlation.js'
import type { PredictorQuality } from '../../run/events.js'
import type { Sample } from './samples.js'

/** How near predictions are to what was measured, on architectures that nothing was fitted to. */
export function qualityOf(predictions: readonly number[], samples: readonly Sample[]): PredictorQuality {
  const pairs = samples.map(({ value }, index) => ({ x: predictions[index] ?? NaN, y: value }))
  const mean = (of: (pair: { x: number; y: number }) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
  return {
    // Of what is zero, such as an accuracy, whatever is off is off by all of it.
    relativeError: mean(({ x, y }) => (x === y ? 0 : y === 0 ? 1 : Math.abs(x - y) / Math.abs(y))),
    absoluteError: mean(({ x, y }) => Math.abs(x - y)),
    kendallTau: kendallTau(pairs) ?? null,
  }
}
