import type { SeriesFigure, SeriesFigures, SeriesResult } from '../options.js'
import { runFiles } from '../run/file-names.js'
import { seedName, type SeriesRecord } from '../run/series.js'
import { formatCount, formatDuration, formatPercent } from '../../support/format-quantity.js'
import { figureOf } from './series-figures.js'
import { escapeHtml } from './format.js'
import { renderPage, renderTable, type HeadlineFigure } from './page.js'

/** How the figures of a series are called and printed, in the order in which they stand. */
const seriesColumns: readonly {
  readonly figure: SeriesFigure
  readonly title: string
  readonly print: (value: number) => string
}[] = [
  { figure: 'retrainedAccuracy', title: 'retrained', print: formatPercent },
  { figure: 'derivedAccuracy', title: 'inherited', print: formatPercent },
  { figure: 'baselineAccuracy', title: 'baseline', print: formatPercent },
  { figure: 'parameters', title: 'parameters', print: (value) => formatCount(Math.round(value)) },
  { figure: 'macs', title: 'MACs', print: (value) => formatCount(Math.round(value)) },
  { figure: 'seconds', title: 'time', print: formatDuration },
]

export interface SeriesTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * The table over the seeds: one for each run, and behind them mean and standard deviation of what all runs have. Figures
 * that no run has have no column.
 */
export function tabulateSeries({ runs, figures }: Pick<SeriesResult, 'runs' | 'figures'>): SeriesTable {
  const columns = seriesColumns.filter(({ figure }) => runs.some((run) => figureOf(run, figure) !== undefined))
  const row = (name: string, of: (figure: SeriesFigure) => number | null | undefined): readonly string[] => [
    name,
    ...columns.map(({ figure, print }) => {
      const value = of(figure)
      return value === undefined || value === null ? '' : print(value)
    }),
  ]
  return {
    head: ['seed', ...columns.map(({ title }) => title)],
    rows: [
      ...runs.map((run) => row(String(run.seed), (figure) => figureOf(run, figure))),
      row('mean', (figure) => figures[figure]?.mean),
      row('deviation', (figure) => figures[figure]?.deviation),
    ],
  }
}

/** The page of a series: a function of its arguments alone. The runs are those that have ended. */
export function buildSeriesReport(record: SeriesRecord, result: Pick<SeriesResult, 'runs' | 'figures'>): string {
  const { runs, figures } = result
  const { space, search, source, scale, data, seeds } = record
  const { head, rows } = tabulateSeries(result)
  const rest = runs.length < seeds.length ? ' — not finished yet' : ''
  const links = runs.map(({ seed }) => {
    const name = seedName(seed)
    return `<a href="${name}/${runFiles.report}">${escapeHtml(name)}</a>`
  })
  return renderPage({
    title: `${space}: ${search}`,
    subtitle:
      `${String(runs.length)} of ${String(seeds.length)} runs of ${source} on ${data.name}` +
      `${scale === undefined ? '' : `, scale ${scale}`}${rest}`,
    figures: headlines(figures),
    sections: [
      {
        title: 'Seeds',
        lead: 'The best architecture of each run; the standard deviation is that of a sample.',
        content: `${renderTable(head, rows, head.length - 1)}\n<p>Reports of the runs: ${links.join(', ')}</p>`,
      },
    ],
  })
}

function headlines(figures: SeriesFigures): readonly HeadlineFigure[] {
  return seriesColumns.flatMap(({ figure, title, print }) => {
    const spread = figures[figure]
    if (spread === undefined) return []
    const note = `${print(spread.least)} to ${print(spread.greatest)}`
    const label = `${title.charAt(0).toUpperCase()}${title.slice(1)}, mean`
    return [{ label, value: print(spread.mean), note }]
  })
}
