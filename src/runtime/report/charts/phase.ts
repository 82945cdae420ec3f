import type { Figures } from '../../run/events.js'
import type { PhaseSummary } from '../run-summary.js'
import type { Chart } from './render.js'
import { optionColours, setColours } from './theme.js'
import { thinCurve, type CurvePoint } from './thin.js'

const height = 190
const pageWidth = 860
/** So few points that a line alone would hide how few. */
const fewPoints = 12

/** How a measure is drawn; any other one stands under its own name. */
const measures: Readonly<Record<string, { readonly title: string; readonly zero?: true; readonly format?: string }>> = {
  loss: { title: 'Loss (nats per image)', zero: true },
  accuracy: { title: 'Accuracy', format: '.0%' },
  entropy: { title: 'Entropy of the choices (nats)' },
}

/**
 * Whatever a phase told while it went on: a chart for every measure, a curve for every series of every architecture. What
 * never changed is not drawn.
 */
export function phaseCharts({ phase, steps }: PhaseSummary): readonly Chart[] {
  const curves = new Map<string, Map<string, CurvePoint[]>>()
  for (const { epoch, step, steps: all, scores, figures, architecture } of steps) {
    const told: Figures = { ...scores, ...figures }
    for (const [name, value] of Object.entries(told)) {
      const [measure, series] = partsOf(name)
      const ofMeasure = curves.get(measure) ?? new Map<string, CurvePoint[]>()
      curves.set(measure, ofMeasure)
      const label = architecture ?? series
      const points = ofMeasure.get(label) ?? []
      ofMeasure.set(label, points)
      points.push({ epoch: epoch + step / all, values: { value } })
    }
  }
  const drawn = [...curves].filter(([, series]) => [...series.values()].some(changes))
  const width = Math.floor((pageWidth - 44 * Math.min(3, drawn.length)) / Math.max(2, Math.min(3, drawn.length)))
  return drawn.map(([measure, series]) => chartOf(phase, measure, series, width))
}

/** `loss.weights` is the series `weights` of the measure `loss`. */
function partsOf(name: string): readonly [measure: string, series: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name, name] : [name.slice(0, dot), name.slice(dot + 1)]
}

function changes(points: readonly CurvePoint[]): boolean {
  return points.length === 1 || points.some(({ values }) => values['value'] !== points[0]?.values['value'])
}

function chartOf(
  phase: string,
  measure: string,
  series: ReadonlyMap<string, readonly CurvePoint[]>,
  width: number,
): Chart {
  const rows = [...series].flatMap(([name, points]) =>
    thinCurve(points).map(({ epoch, values }) => ({ epoch, series: name, ...values })),
  )
  const names = [...series.keys()]
  const { title = measure.replaceAll('_', ' '), zero = false, format } = measures[measure] ?? {}
  return {
    id: `${phase}-${measure}`.replace(/[^\w-]/g, '-'),
    description: `${title} over the epochs: ${phase}`,
    spec: {
      data: { values: rows },
      width,
      height,
      title,
      mark: { type: 'line', strokeWidth: 1.8, interpolate: 'monotone', clip: true, point: rows.length <= fewPoints },
      encoding: {
        x: {
          field: 'epoch',
          type: 'quantitative',
          title: 'epoch',
          axis: { grid: false, tickCount: 5, tickMinStep: 0.25 },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero, nice: true },
          axis: { tickCount: 5, ...(format !== undefined && { format }) },
        },
        color: {
          field: 'series',
          type: 'nominal',
          scale: { domain: names, range: names.map(colourOf) },
          legend: names.length > 1 ? { orient: 'bottom', title: null, direction: 'horizontal' } : null,
        },
      },
    },
  }
}

function colourOf(name: string, index: number): string {
  const ofSet: Readonly<Record<string, string>> = setColours
  return ofSet[name] ?? optionColours[index % optionColours.length] ?? setColours.weights
}
