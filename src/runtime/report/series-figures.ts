import type { RunResult, SeedResult, SeriesFigure, SeriesFigures } from '../options.js'
import { spreadOf } from '../../support/statistics.js'

const figures: readonly SeriesFigure[] = [
  'retrainedAccuracy',
  'derivedAccuracy',
  'baselineAccuracy',
  'parameters',
  'macs',
  'seconds',
]

/** Of the best architecture of a run; of its baseline the mean. */
export function figureOf(run: RunResult, figure: SeriesFigure): number | undefined {
  return figure === 'baselineAccuracy' ? run.baseline?.retrainedAccuracy.mean : run[figure]
}

/** How runs spread, in each figure that all of them have. */
export function figuresOf(runs: readonly SeedResult[]): SeriesFigures {
  return Object.fromEntries(
    figures.flatMap((figure) => {
      const values = runs.flatMap((run) => figureOf(run, figure) ?? [])
      return values.length === runs.length && runs.length > 0 ? [[figure, spreadOf(values)]] : []
    }),
  )
}
