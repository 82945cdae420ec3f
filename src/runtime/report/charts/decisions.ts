import type { DecisionLabel } from '../../run/events.js'
import type { RunSummary } from '../run-summary.js'
import type { Chart } from './render.js'
import { optionColours } from './theme.js'
import { thinList } from './thin.js'

/** Decisions that are shown together: of one kind, with the same options, and of one cell where it has several. */
export interface DecisionGroup {
  readonly title: string
  readonly decisions: readonly DecisionLabel[]
  readonly options: readonly string[]
}

/** Small multiples beyond this number are too small to read; the heat map still has all of them. */
const mostCurves = 42

/** More epochs than this are not seen in a small multiple. */
const mostEpochs = 60

/** Groups of the relaxed decisions, in the order of the space. */
export function groupDecisions(summary: RunSummary): readonly DecisionGroup[] {
  const last = summary.standings.at(-1)
  const relaxed = (summary.started?.decisions ?? []).filter(({ path }) => last?.probabilities[path] !== undefined)
  const kindOf = ({ what, options }: DecisionLabel): string => JSON.stringify([what, options])
  const ownerOf = ({ path }: DecisionLabel): string => path.split('.')[0] ?? path
  const large = new Set(
    relaxed
      .map((decision) => `${ownerOf(decision)} ${kindOf(decision)}`)
      .filter((key, _index, all) => all.filter((other) => other === key).length > 2),
  )
  const groups = new Map<string, DecisionLabel[]>()
  for (const decision of relaxed) {
    const own = `${ownerOf(decision)} ${kindOf(decision)}`
    const key = large.has(own) ? own : kindOf(decision)
    groups.set(key, [...(groups.get(key) ?? []), decision])
  }
  return [...groups].flatMap(([key, decisions]) => {
    const first = decisions[0]
    if (first === undefined) return []
    const title = large.has(key) ? `${ownerOf(first)}, ${first.what}` : first.what
    return [{ title, decisions, options: first.options }]
  })
}

const columnOfMap = {
  field: 'option',
  type: 'nominal',
  sort: null,
  title: null,
  axis: { orient: 'top', labelAngle: -35, labelAlign: 'left', ticks: false, labelPadding: 6 },
} as const
const rowOfMap = {
  field: 'decision',
  type: 'nominal',
  sort: null,
  title: null,
  axis: { ticks: false, labelPadding: 8 },
} as const
type MapLayer = Extract<Chart['spec'], { layer: unknown }>['layer'][number]

const cellOfMap = { x: columnOfMap, y: rowOfMap } as const

/** Where the decisions stand at the end of the search; what was derived (the best, of several) has a frame. */
export function probabilityMap(summary: RunSummary, group: DecisionGroup, id: string): Chart {
  const last = summary.standings.at(-1)
  const derived = summary.architectures[0]?.decisions ?? {}
  const cells = group.decisions.flatMap(({ path }) =>
    group.options.map((option, index) => ({
      decision: shortPath(path, group),
      option,
      probability: last?.probabilities[path]?.[index] ?? 0,
      taken: derived[path]?.includes(index) === true,
    })),
  )
  const greatest = cells.reduce((most, { probability }) => Math.max(most, probability), 0)
  return {
    id,
    description: `Probability of each option at the end of the search: ${group.title}`,
    spec: {
      data: { values: cells },
      title: `${group.title}: probability (%) at the end`,
      width: { step: group.options.length > 16 ? 22 : 41 },
      height: { step: 24 },
      layer: [heatLayer(greatest), frameLayer, percentLayer(greatest)],
    },
  }
}

function heatLayer(greatest: number): MapLayer {
  return {
    mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 1 },
    encoding: {
      ...cellOfMap,
      color: {
        field: 'probability',
        type: 'quantitative',
        scale: {
          range: ['#f3f7fb', '#9ecae1', '#2171b5', '#08306b'],
          domain: [0, greatest / 3, (2 * greatest) / 3, greatest],
        },
        legend: null,
      },
    },
  }
}

const frameLayer: MapLayer = {
  transform: [{ filter: 'datum.taken' }],
  mark: { type: 'rect', filled: false, stroke: '#d55e00', strokeWidth: 2.5 },
  encoding: cellOfMap,
}

/** White on what is dark. */
function percentLayer(greatest: number): MapLayer {
  return {
    mark: { type: 'text', fontSize: 10.5 },
    encoding: {
      ...cellOfMap,
      text: { field: 'shown', type: 'nominal' },
      color: {
        condition: { test: `datum.probability > ${String(greatest * 0.45)}`, value: '#ffffff' },
        value: '#3b4754',
      },
    },
    transform: [{ calculate: "format(100 * datum.probability, '.1f')", as: 'shown' }],
  }
}

/** How the probabilities of each decision moved over the epochs: small multiples. Undefined before the second epoch. */
export function probabilityCurves(summary: RunSummary, group: DecisionGroup, id: string): Chart | undefined {
  if (summary.standings.length < 2) return undefined
  const shown = group.decisions.slice(0, mostCurves)
  const rows = shown.flatMap(({ path }) =>
    thinList(summary.standings, mostEpochs).flatMap(({ epoch, probabilities }) =>
      group.options.map((option, index) => ({
        decision: shortPath(path, group),
        epoch: epoch + 1,
        option,
        probability: probabilities[path]?.[index] ?? 0,
      })),
    ),
  )
  const columns = Math.min(7, shown.length)
  const omitted = group.decisions.length - shown.length
  return {
    id,
    description: `Probability of each option over the epochs of the search: ${group.title}`,
    spec: {
      data: { values: rows },
      title: `${group.title}: probability over the epochs${omitted > 0 ? ` (${String(omitted)} more decisions not shown)` : ''}`,
      columns,
      facet: { field: 'decision', type: 'nominal', sort: shown.map(({ path }) => shortPath(path, group)), title: null },
      spec: {
        width: Math.max(96, Math.floor((940 - 30 * columns) / Math.max(columns, 4))),
        height: 84,
        mark: { type: 'line', strokeWidth: 1.6, interpolate: 'monotone' },
        encoding: {
          x: {
            field: 'epoch',
            type: 'quantitative',
            title: null,
            axis: { grid: false, tickCount: 3, tickMinStep: 1 },
            scale: { nice: false },
          },
          y: {
            field: 'probability',
            type: 'quantitative',
            title: null,
            scale: { zero: false },
            axis: { format: '.0%', tickCount: 3 },
          },
          color: {
            field: 'option',
            type: 'nominal',
            sort: null,
            scale: {
              domain: [...group.options],
              range: group.options.map((_, index) => optionColours[index % optionColours.length] ?? ''),
            },
            legend: { orient: 'bottom', title: null, columns: 8 },
          },
        },
      },
      resolve: { scale: { y: 'shared' } },
    },
  }
}

/** `normal.n2.through[s0]` is `s0 → n2` in a group of `normal, through`; any other path is what is left of it. */
function shortPath(path: string, group: DecisionGroup): string {
  const [owner = '', ...rest] = path.split('.')
  const alone = group.title.startsWith(`${owner}, `)
  const edge = /^(\w+)\.through\[(.+)\]$/.exec(rest.join('.'))
  if (edge !== null) return `${alone ? '' : `${owner}: `}${edge[2] ?? ''} → ${edge[1] ?? ''}`
  return alone ? rest.join('.') : path
}
