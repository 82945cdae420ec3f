import { renderChart, type Chart } from '../report/charts/render.js'
import { setColours } from '../report/charts/theme.js'
import type { FitLatencyResult } from './options.js'

/** Architectures that were held out as points: measured to the right, predicted upwards, and the line where they are equal. */
export function drawLatencies(result: FitLatencyResult): Promise<string> {
  return renderChart(latencyChart(result))
}

/** {@link drawLatencies}, before it is drawn. */
export function latencyChart({
  pairs,
  setting,
  relativeError,
  kendallTau,
  heldOut,
  predictor,
}: FitLatencyResult): Chart {
  const { quantity = predictor, unit, device } = setting
  const all = pairs.flatMap(({ predicted, measured }) => [predicted, measured])
  const domain: [number, number] = [Math.min(...all), Math.max(...all)]
  const scale = { domain, nice: true, zero: false }
  const titled = (what: string): string => `${what} ${quantity}${unit === undefined ? '' : `, ${unit}`}`
  const tau = kendallTau === null ? 'none' : kendallTau.toFixed(3)
  return {
    id: 'latency',
    description: `Predicted beside measured ${quantity} of ${String(heldOut)} architectures that were held out`,
    spec: {
      background: '#ffffff',
      padding: 12,
      width: 380,
      height: 380,
      title: {
        text: `Off by ${(100 * relativeError).toFixed(1)} %, Kendall's tau ${tau}, n ${String(heldOut)}`,
        ...(device !== undefined && { subtitle: device }),
      },
      layer: [
        {
          data: { values: domain.map((value) => ({ measured: value, predicted: value })) },
          mark: { type: 'line', color: '#9aa5b1', strokeWidth: 1, strokeDash: [4, 4] },
          encoding: {
            x: { field: 'measured', type: 'quantitative', title: titled('measured'), scale },
            y: { field: 'predicted', type: 'quantitative', title: titled('predicted'), scale },
          },
        },
        {
          data: { values: [...pairs] },
          mark: { type: 'point', filled: true, size: 30, opacity: 0.6, color: setColours.weights },
          encoding: {
            x: { field: 'measured', type: 'quantitative', scale },
            y: { field: 'predicted', type: 'quantitative', scale },
          },
        },
      ],
    },
  }
}
