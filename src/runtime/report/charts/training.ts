import type { TopLevelSpec } from 'vega-lite'
import type { RunSummary } from '../run-summary.js'
import type { Chart } from './render.js'
import { optionColours, setColours } from './theme.js'
import { thinCurve, type CurvePoint } from './thin.js'

/** One measured point of a curve. */
type Row = Readonly<Record<string, number | string>>

const searchHeight = 190
const third = 242
const half = 430
/** So few points that a line alone would hide how few. */
const fewPoints = 12

/** Loss, accuracy and entropy of the search. */
export function searchCharts(summary: RunSummary): readonly Chart[] {
  const scores = summary.searchSteps.flatMap((event): NamedPoint[] => {
    const epoch = event.epoch + event.step / event.steps
    const choices = event.choices === undefined ? [] : [{ series: choicesLabel, epoch, values: { ...event.choices } }]
    return [{ series: weightsLabel, epoch, values: { ...event.weights } }, ...choices]
  })
  const rows = rowsOf(scores, 'images')
  if (rows.length === 0) return []
  const entropies = summary.searchSteps.flatMap(({ epoch, step, steps, entropy }) =>
    Object.entries(entropy).map(([series, value]): NamedPoint => ({
      series,
      epoch: epoch + step / steps,
      values: { value },
    })),
  )
  const entropy = rowsOf(entropies, 'kind')
  const kinds = [...new Set(entropies.map(({ series }) => series))]
  return [
    curves('search-loss', 'Loss of the search over its epochs, for both sets of images', rows, 'loss', third),
    curves('search-accuracy', 'Accuracy of the search over its epochs', rows, 'accuracy', third),
    ...(kinds.length === 0 ? [] : [entropyChart(entropy, kinds)]),
  ]
}

/** Loss and accuracy of the retraining, of each architecture. */
export function retrainCharts(summary: RunSummary): readonly Chart[] {
  const rows = rowsOf(
    summary.retrainSteps.map(({ epoch, step, steps, weights, architecture }) => ({
      series: architecture,
      epoch: epoch + step / steps,
      values: { ...weights },
    })),
    'images',
  )
  if (rows.length === 0) return []
  return [
    curves('retrain-loss', 'Training loss of the retraining over its epochs', rows, 'loss', half),
    curves('retrain-accuracy', 'Training accuracy of the retraining over its epochs', rows, 'accuracy', half),
  ]
}

interface NamedPoint extends CurvePoint {
  readonly series: string
}

/** Rows for Vega, each series thinned by itself; `field` holds its name. */
function rowsOf(points: readonly NamedPoint[], field: string): readonly Row[] {
  return [...new Set(points.map(({ series }) => series))].flatMap((name) =>
    thinCurve(points.filter(({ series }) => series === name)).map(({ epoch, values }) => ({
      epoch,
      [field]: name,
      ...values,
    })),
  )
}

const weightsLabel = 'train weights'
const choicesLabel = 'train choices'

function curves(
  id: string,
  description: string,
  rows: readonly Row[],
  value: 'loss' | 'accuracy',
  width: number,
): Chart {
  const series = [...new Set(rows.map((row) => String(row['images'])))]
  const colours = series.map((name, index) =>
    name === choicesLabel
      ? setColours.choices
      : index === 0
        ? setColours.weights
        : (optionColours[index % optionColours.length] ?? ''),
  )
  const spec: TopLevelSpec = {
    data: { values: [...rows] },
    width,
    height: searchHeight,
    title: value === 'loss' ? 'Loss (nats per image)' : 'Accuracy',
    mark: { type: 'line', strokeWidth: 1.8, interpolate: 'monotone', clip: true, point: rows.length <= fewPoints },
    encoding: {
      x: epochAxis,
      y: {
        field: value,
        type: 'quantitative',
        title: null,
        scale: { zero: value === 'loss', nice: true },
        axis: value === 'accuracy' ? { format: '.0%', tickCount: 5 } : { tickCount: 5 },
      },
      color: {
        field: 'images',
        type: 'nominal',
        scale: { domain: series, range: colours },
        legend: series.length > 1 ? { orient: 'bottom', title: null, direction: 'horizontal' } : null,
      },
    },
  }
  return { id, description, spec }
}

function entropyChart(rows: readonly Row[], kinds: readonly string[]): Chart {
  return {
    id: 'search-entropy',
    description: 'Mean entropy of the probabilities of the decisions, by kind of decision',
    spec: {
      data: { values: [...rows] },
      width: third,
      height: searchHeight,
      title: 'Entropy of the choices (nats)',
      mark: { type: 'line', strokeWidth: 1.8, interpolate: 'monotone', clip: true, point: rows.length <= fewPoints },
      encoding: {
        x: epochAxis,
        y: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: false, nice: true },
          axis: { tickCount: 5 },
        },
        color: {
          field: 'kind',
          type: 'nominal',
          scale: { domain: [...kinds], range: ['#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#0072b2', '#d55e00'] },
          legend: { orient: 'bottom', title: null, direction: 'horizontal' },
        },
      },
    },
  }
}

const epochAxis = {
  field: 'epoch',
  type: 'quantitative',
  title: 'epoch',
  axis: { grid: false, tickCount: 5, tickMinStep: 0.25 },
} as const
