import { renderChart, type Chart } from '../report/charts/render.js'
import { setColours } from '../report/charts/theme.js'
import type { RankResult } from './options.js'

/** The architectures of a ranking as points, scores of the supernet to the right and results upwards. */
export function drawRanking(result: RankResult): Promise<string> {
  return renderChart(rankChart(result))
}

/** {@link drawRanking}, before it is drawn. */
export function rankChart(result: RankResult): Chart {
  const { architectures, by, images, reference, better, kendallTau, spearman, n } = result
  const points = architectures.flatMap(({ name, accuracy, loss, result }) =>
    result === null ? [] : [{ name, score: by === 'accuracy' ? accuracy : loss, result }],
  )
  const share = (isAccuracy: boolean) => (isAccuracy ? { axis: { format: '.1%' } } : {})
  const trained = 'trained from scratch: accuracy on test images'
  return {
    id: 'rank',
    description: `Scores of the supernet beside results of ${String(n)} architectures`,
    spec: {
      data: { values: points },
      background: '#ffffff',
      padding: 12,
      width: 420,
      height: 320,
      title: `Kendall's tau ${figure(kendallTau)}, Spearman's rho ${figure(spearman)}, n ${String(n)}`,
      mark: { type: 'point', filled: true, size: 44, opacity: 0.8, color: setColours.weights },
      encoding: {
        x: {
          field: 'score',
          type: 'quantitative',
          title: `supernet: ${by} on ${images} images`,
          // Better is to the right, and up.
          scale: { zero: false, nice: true, reverse: by === 'loss' },
          ...share(by === 'accuracy'),
        },
        y: {
          field: 'result',
          type: 'quantitative',
          title: reference === 'results' ? 'result' : trained,
          scale: { zero: false, nice: true, reverse: better === 'lower' },
          ...share(reference !== 'results'),
        },
      },
    },
  }
}

function figure(value: number | null): string {
  return value === null ? 'none' : value.toFixed(3)
}
