import type { SeedResult, SeriesFigure, SeriesFigures, Spread } from '../../options.js'
import { mean, standardDeviation } from '../../../support/statistics.js'

const figures: readonly SeriesFigure[] = ['retrainedAccuracy', 'derivedAccuracy', 'parameters', 'macs', 'seconds']

/** How the best architectures of runs spread, in each figure that all of the runs have. */
export function figuresOf(runs: readonly SeedResult[]): SeriesFigures {
  return Object.fromEntries(
    figures.flatMap((figure) => {
      const values = runs.flatMap((run) => run[figure] ?? [])
      return values.length === runs.length && runs.length > 0 ? [[figure, spreadOf(values)]] : []
    }),
  )
}

function spreadOf(values: readonly number[]): Spread {
  return {
    mean: mean(values),
    deviation: values.length > 1 ? standardDeviation(values) : null,
    least: Math.min(...values),
    greatest: Math.max(...values),
  }
}
