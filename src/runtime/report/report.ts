import { join } from 'node:path'
import type { JournalEvent } from '../run/events.js'
import { Failure } from '../../catalogue/failure.js'
import { writeAtomically } from '../run/files.js'
import type { Json } from '../run/json.js'
import type { RunRecord } from '../run/record.js'
import { readRun, runFiles } from '../run/run-directory.js'
import { drawCell } from './cell-drawing.js'
import { baselineSection } from './baseline-section.js'
import { derivedCells } from './cell-graph.js'
import { groupDecisions, probabilityCurves, probabilityMap } from './charts/decisions.js'
import { renderCharts } from './charts/render.js'
import { formatCount, formatDuration, formatPercent } from '../../support/format-quantity.js'
import { escapeHtml, formatShort } from './format.js'
import { highlightNas } from './nas-text.js'
import { phaseSections } from './phase-section.js'
import { renderPage, renderTable, type HeadlineFigure, type PageSection } from './page.js'
import { costIn, summariseRun, type RunSummary } from './run-summary.js'

/**
 * Writes `report.html` of a run from its record and its journal alone; also while the run goes on.
 * @returns path of the file
 * @throws Failure NAS7202 … NAS7214
 */
export async function reportRun(folder: string): Promise<string> {
  const run = readRun(folder)
  const events = run.events()
  if (events.length === 0) throw new Failure('nothing-to-report', { folder })
  const path = join(run.path, runFiles.report)
  writeAtomically(path, [await buildReport(run.record, events)])
  return path
}

/**
 * The page of a run: a function of its arguments alone, the same text each time.
 * @param events those that count, see `effectiveEvents`
 */
export async function buildReport(record: RunRecord, events: readonly JournalEvent[]): Promise<string> {
  const summary = summariseRun(events)
  const sections = [
    await resultSection(summary),
    baselineSection(summary),
    ...(await phaseSections(summary)),
    await decisionSection(summary),
    settingsSection(record),
    originSection(record, summary),
  ]
  return renderPage({
    title: `${record.space}: ${record.search}`,
    subtitle: subtitle(record, summary),
    figures: headlines(summary),
    sections: sections.filter((section) => section !== undefined),
  })
}

function subtitle(record: RunRecord, summary: RunSummary): string {
  const scale = record.scale === undefined ? '' : `, scale ${record.scale}`
  const state = summary.finished === undefined ? ' — not finished yet' : ''
  return `Run ${record.name} of ${record.source} on ${record.data.name}${scale}, seed ${String(record.seed)}${state}`
}

function headlines(summary: RunSummary): readonly HeadlineFigure[] {
  const evaluation = (weights: 'inherited' | 'retrained'): HeadlineFigure[] => {
    const found = summary.evaluations.find(
      ({ split, architecture, ...event }) =>
        split === 'test' && event.weights === weights && architecture === summary.architectures[0]?.name,
    )
    if (found === undefined) return []
    const label = weights === 'retrained' ? 'Retrained network' : 'Derived, inherited weights'
    return [
      { label, value: formatPercent(found.accuracy), note: `of ${formatCount(found.samples)} ${found.split} images` },
    ]
  }
  const network = networkOf(summary)
  const cost =
    network === undefined
      ? []
      : [
          { label: 'Parameters', value: formatShort(network.parameters), note: formatCount(network.parameters) },
          {
            label: 'MACs per image',
            value: formatShort(network.macs),
            note: `${formatCount(network.macs)}, ${network.convention}`,
          },
        ]
  const time =
    summary.finished === undefined
      ? []
      : [{ label: 'Time', value: formatDuration(summary.finished.seconds), note: 'search, derivation and retraining' }]
  return [...evaluation('retrained'), ...evaluation('inherited'), ...cost, ...time]
}

/** What the best architecture costs. */
function networkOf(summary: RunSummary) {
  const [best] = summary.architectures
  return best && costIn(summary, best)
}

async function resultSection(summary: RunSummary): Promise<PageSection | undefined> {
  if (summary.architectures.length === 0 && summary.evaluations.length === 0) return undefined
  const drawn = new Set(summary.baseline.map(({ name }) => name))
  const evaluations = summary.evaluations.filter(({ architecture }) => !drawn.has(architecture))
  const results = evaluations.map((event) => [
    event.architecture,
    event.weights === 'inherited' ? 'inherited from the supernet' : 'retrained from scratch',
    event.split,
    formatPercent(event.accuracy),
    event.loss.toFixed(4),
    formatCount(event.samples),
  ])
  const table =
    results.length === 0
      ? ''
      : renderTable(['Architecture', 'Weights', 'Images', 'Accuracy', 'Loss', 'Number'], results, 3)
  const texts: string[] = []
  for (const architecture of summary.architectures) {
    texts.push(`<h3>${escapeHtml(architecture.file)}</h3>`)
    for (const cell of derivedCells(architecture, summary.started?.decisions ?? [])) {
      texts.push(`<figure>\n<figcaption>${escapeHtml(cell.name)}</figcaption>\n${await drawCell(cell)}\n</figure>`)
    }
    texts.push(`<pre>${highlightNas(architecture.text.trimEnd())}</pre>`)
  }
  return { title: 'Result', content: [table, ...texts].join('\n') }
}

async function decisionSection(summary: RunSummary): Promise<PageSection | undefined> {
  const groups = groupDecisions(summary)
  if (groups.length === 0) return undefined
  const maps = groups.map((group, index) => probabilityMap(summary, group, `map-${String(index)}`))
  const curves = groups
    .map((group, index) => probabilityCurves(summary, group, `curves-${String(index)}`))
    .filter((chart) => chart !== undefined)
  return {
    title: 'Decisions',
    lead: 'What the search came to think of each option. An orange frame: taken into the derived architecture.',
    content: [await renderCharts(maps), await renderCharts(curves)].join('\n'),
  }
}

function settingsSection(record: RunRecord): PageSection {
  const rows = flatten(record.settings)
  const middle = Math.ceil(rows.length / 2)
  const columns = [rows.slice(0, middle), rows.slice(middle)].filter((part) => part.length > 0)
  return {
    title: 'Settings',
    lead: 'As they were used, after presets and the command line.',
    content: `<div class="two">${columns.map((part) => renderTable([], part)).join('')}</div>`,
  }
}

function originSection(record: RunRecord, summary: RunSummary): PageSection {
  const { data } = record
  const round = (values: readonly number[]): string => values.map((value) => value.toFixed(4)).join(', ')
  const rows = [
    ['Program', `${record.source}, IR ${record.irHash}`],
    ['Seed', String(record.seed)],
    ['Backend', `${record.backend}, ${String(record.threads)} ${record.threads === 1 ? 'thread' : 'threads'}`],
    [
      'Versions',
      Object.entries(record.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [
      'Data',
      `${data.name}: ${formatCount(data.trainingImages)} training and ${formatCount(data.testImages)} test images, ` +
        `${String(data.height)} x ${String(data.width)} x ${String(data.channels)}, ${String(data.classes)} classes`,
    ],
    ...(data.classNames === undefined ? [] : [['Classes', data.classNames.join(', ')]]),
    ['Normalisation', `mean ${round(data.normalisation.mean)}; deviation ${round(data.normalisation.deviation)}`],
    ...Object.entries(data.checksums),
    ['Begun', record.created],
    ...(summary.resumes === 0
      ? []
      : [['Continued', `${String(summary.resumes)} ${summary.resumes === 1 ? 'time' : 'times'} from a checkpoint`]]),
  ]
  return {
    title: 'Origin',
    lead: 'What it takes to repeat this run.',
    content: `<div class="two">${renderTable([], rows)}</div>`,
  }
}

/** `{a: {b: 1}}` as `a.b`, `1`. */
function flatten(value: Json, path = ''): readonly (readonly [string, string])[] {
  if (value === null || typeof value !== 'object') return [[path, String(value)]]
  if (isList(value)) {
    const simple = value.every((item) => item === null || typeof item !== 'object')
    if (simple) return [[path, value.map(String).join(', ')]]
    return value.flatMap((item, index) => flatten(item, `${path}[${String(index)}]`))
  }
  return Object.entries(value).flatMap(([key, item]) => flatten(item, path === '' ? key : `${path}.${key}`))
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] {
  return Array.isArray(value)
}
