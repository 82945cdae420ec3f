import { existsSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawCell } from '../../../src/runtime/report/cell-drawing.js'
import { derivedCells } from '../../../src/runtime/report/cell-graph.js'
import { groupDecisions } from '../../../src/runtime/report/charts/decisions.js'
import { renderChart } from '../../../src/runtime/report/charts/render.js'
import { phaseCharts } from '../../../src/runtime/report/charts/phase.js'
import { formatShort } from '../../../src/runtime/report/format.js'
import { formatCount, formatDuration, formatPercent } from '../../../src/support/format-quantity.js'
import { highlightNas } from '../../../src/runtime/report/nas-text.js'
import { buildReport, reportRun } from '../../../src/runtime/report/report.js'
import { mostPoints, thinCurve, thinList } from '../../../src/runtime/report/charts/thin.js'
import { summariseRun } from '../../../src/runtime/report/run-summary.js'
import type { JournalEvent } from '../../../src/runtime/run/events.js'
import { createRun, openRun } from '../../../src/runtime/run/run-directory.js'
import { counting } from '../../support/data-files.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'
import { architectureText, dartsJournal } from '../../support/sample-journal.js'
import { newRun, progress, resumed } from '../../support/sample-run.js'

const record = { format: 'nasc-run/2', name: 'darts-first_order-1', ...newRun.record } as const

/** What a reader sees: without tags, entities resolved. */
function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ')
}

describe('buildReport', () => {
  const journal = dartsJournal(3)
  let html = ''
  beforeAll(async () => {
    html = await buildReport(record, journal)
  })

  it('tells the whole run on one page', () => {
    const text = textOf(html)
    for (const expected of [
      'darts: first_order',
      'Run darts-first_order-1 of darts.nas on mnist, scale quick, seed 7',
      'Retrained network 98.71 % of 10,000 test images',
      'Derived, inherited weights 94.12 %',
      'Parameters 41.2 k 41,234',
      'MACs per image 5.12 M 5,120,448, conv-fc',
      'Time 7 min 12 s',
      'found inherited from the supernet test 94.12 % 0.2100 10,000',
      'architectures/found.nas',
      '45,120 parameters; 3,000 images for the weights, 3,000 for the choices; 3 epochs of 40 steps, batches of 64.',
      'normal, through: probability (%) at the end',
      'reduction, through: probability over the epochs',
      '41,234 parameters; 6,000 images for the weights; 3 epochs of 90 steps, batches of 64.',
      'optimiser.weights sgd',
      'nasc 0.1.0, node 20.20.2',
      `IR ${record.irHash}`,
      `train-labels-idx1-ubyte ${record.data.checksums['train-labels-idx1-ubyte'] ?? ''}`,
      '60,000 training and 10,000 test images, 28 x 28 x 1, 10 classes',
    ]) {
      expect(text).toContain(expected)
    }
    expect(text).not.toContain('not finished')
    expect(text).toContain('n1: sep_conv( 3 ) of s0')
  })

  it('needs no script and no network', () => {
    expect(html).not.toMatch(/<script|<link|<iframe|@import|javascript:/i)
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target)).toEqual([])
    const urls = [...html.matchAll(/https?:\/\/[^"'\s)]+/g)].map(([url]) => url)
    expect(urls.filter((url) => !url.startsWith('http://www.w3.org/'))).toEqual([])
    expect(html.match(/<svg/g)).toHaveLength(11)
  })

  it('is the same text each time, with identifiers that are unique', async () => {
    expect(await buildReport(record, dartsJournal(3))).toBe(html)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(target)
  })

  it('leaves out what has not happened yet', async () => {
    const stopAt = journal.findIndex(({ type }) => type === 'phase-epoch') + 1
    const text = textOf(await buildReport(record, journal.slice(0, stopAt)))
    expect(text).toContain('seed 7 — not finished yet')
    expect(text).toContain('probability (%) at the end')
    expect(text).not.toContain('over the epochs')
    expect(text).not.toContain('Retrain')
    expect(text).not.toContain('Result')
    expect(textOf(await buildReport(record, journal.slice(0, 1)))).toContain('Settings')
  })

  it('escapes what comes from the user', async () => {
    const mine = await buildReport({ ...record, space: '<b>&"x"', source: '<img>.nas' }, journal.slice(0, 1))
    expect(mine).toContain('<title>&#60;b&#62;&#38;&#34;x&#34;: first_order</title>')
    expect(mine).not.toContain('<img>')
  })

  it('says how often a run was continued', async () => {
    const steps = journal.filter(({ type }) => type === 'run-started' || type === 'phase-progress')
    expect(textOf(await buildReport(record, [...steps, resumed(steps.length)]))).toContain(
      'Continued 1 time from a checkpoint',
    )
  })
})

describe('charts', () => {
  const summary = summariseRun(dartsJournal(3))

  it('draw one line for each set of images', async () => {
    const [loss] = phaseCharts(summary.phases[0]!)
    const svg = await renderChart(loss!)
    expect(svg.match(/aria-roledescription="line mark"/g)).toHaveLength(2)
    expect(textOf(svg)).toContain('Loss (nats per image)')
    expect(textOf(svg)).toContain('choices')
  })

  it('are absent where nothing was measured', () => {
    expect(summariseRun([]).phases).toEqual([])
    expect(groupDecisions(summariseRun([]))).toEqual([])
  })

  it('group the decisions of a cell, and scattered ones of one kind', () => {
    const groups = groupDecisions(summary)
    expect(groups.map(({ title, decisions }) => [title, decisions.length])).toEqual([
      ['normal, through', 14],
      ['reduction, through', 14],
    ])
    const decisions = ['mb1', 'mb2', 'mb3'].map((stage) => ({
      path: `${stage}.width`,
      what: 'width',
      options: ['16', '24'],
    }))
    const started = { ...summary.started!, decisions }
    const epoch = {
      ...summary.standings[0]!,
      probabilities: Object.fromEntries(decisions.map(({ path }) => [path, [0.5, 0.5]])),
    }
    expect(groupDecisions(summariseRun([started, epoch]))).toEqual([
      { title: 'width', decisions, options: ['16', '24'] },
    ])
  })
})

describe('thinned curves', () => {
  it('keep short ones, and the mean of long ones', () => {
    const points = Array.from({ length: 4001 }, (_, index) => ({
      epoch: index,
      values: { loss: index % 2, accuracy: 3 },
    }))
    expect(thinCurve(points.slice(0, mostPoints))).toEqual(points.slice(0, mostPoints))
    const thin = thinCurve(points)
    expect(thin).toHaveLength(mostPoints)
    for (const { values } of thin) {
      expect(Math.abs(values['loss']! - 0.5)).toBeLessThan(0.05)
      expect(values['accuracy']).toBeCloseTo(3, 12)
    }
    expect(thin.every(({ epoch }, index) => index === 0 || epoch > thin[index - 1]!.epoch)).toBe(true)
  })

  it('keep the first and the last epoch', () => {
    const thin = thinList(counting(600, 600), 60)
    expect(thin).toHaveLength(60)
    expect([thin[0], thin.at(-1)]).toEqual([0, 599])
    expect(thinList([1, 2], 60)).toEqual([1, 2])
  })
})

describe('drawings of cells', () => {
  const architecture = summariseRun(dartsJournal(1)).architectures[0]!
  const through = { what: 'through', options: ['skip', 'conv'] }
  const decisions = [
    { path: 'normal.n1.through[s0]', ...through },
    { path: 'normal.n1.through[s1]', ...through },
    { path: 'normal.n2.through[n1]', ...through },
    { path: 'normal.n1.from', what: 'from', options: ['s0', 's1'] },
    { path: 'mb1.width', what: 'width', options: ['16'] },
  ]
  const taken = { 'normal.n1.through[s0]': [1], 'normal.n2.through[n1]': [0], 'normal.n1.from': [0], 'mb1.width': [0] }

  it('show what was derived and nothing else', () => {
    expect(derivedCells({ ...architecture, decisions: taken }, decisions)).toEqual([
      {
        name: 'normal',
        nodes: ['n1', 'n2'],
        edges: [
          { source: 's0', node: 'n1', operation: 'conv', option: 1 },
          { source: 'n1', node: 'n2', operation: 'skip', option: 0 },
        ],
      },
    ])
    expect(derivedCells({ ...architecture, decisions: {} }, decisions)).toEqual([])
  })

  it('hold every state and operation inside the frame', async () => {
    const [cell] = derivedCells({ ...architecture, decisions: taken }, decisions)
    const svg = await drawCell(cell!)
    expect(textOf(svg).match(/\w+/g)?.sort()).toEqual(['conv', 'n1', 'n2', 'output', 's0', 'skip'])
    const [, width, height] = /viewBox="0\.00 0\.00 (\S+) (\S+)"/.exec(svg)!.map(Number)
    const [, left, down] = /translate\((\S+) (\S+)\)/.exec(svg)!.map(Number)
    const points = [...svg.matchAll(/ (?:d|points)="([^"]*)"/g)].flatMap(([, route]) =>
      [...route!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
    )
    expect(points.length).toBeGreaterThan(10)
    for (const [x, y] of points) {
      expect(x + left!).toBeGreaterThanOrEqual(0)
      expect(x + left!).toBeLessThanOrEqual(width!)
      expect(y + down!).toBeGreaterThanOrEqual(0)
      expect(y + down!).toBeLessThanOrEqual(height!)
    }
  })
})

describe('reportRun', () => {
  it('makes the page of a run from its journal, without what a resume repeated', async () => {
    const path = join(temporaryFolder(), 'run')
    const run = createRun({ ...newRun, out: path })
    const [started, ...rest] = dartsJournal(2)
    run.append(started!)
    run.append({ ...progress(1), scores: { 'loss.weights': 1e9, 'accuracy.weights': 0 } })
    run.append(resumed(1))
    for (const event of rest) run.append(event)
    run.close()
    const written = await reportRun(path)
    expect(written).toBe(join(path, 'report.html'))
    const html = readFileSync(written, 'utf8')
    expect(html).toBe(await buildReport({ ...record, name: 'run' }, openedEvents(path)))
    expect(html).not.toContain('1,000,000,000')
    expect(readdirSync(path).filter((name) => name.endsWith('.tmp'))).toEqual([])
    utimesSync(written, 0, 0)
    await reportRun(path)
    expect(statSync(written).mtimeMs).toBeGreaterThan(0)
  })

  function openedEvents(path: string): readonly JournalEvent[] {
    const run = openRun(path)
    const events = run.events()
    run.close()
    return events
  }

  it('has nothing to say of a run without events', async () => {
    const path = join(temporaryFolder(), 'run')
    createRun({ ...newRun, out: path }).close()
    expect(await failureOf(() => reportRun(path))).toEqual({
      code: 'NAS7214',
      message: `${path}: its journal holds no event yet, so there is nothing to report.`,
      help: 'Continue the run with `nasc resume`, then report it.',
    })
    expect(existsSync(join(path, 'report.html'))).toBe(false)
  })
})

describe('formats', () => {
  it('are those of papers', () => {
    expect(formatCount(3349342)).toBe('3,349,342')
    expect([999, 41_234, 3_349_342, 1_939_335_808].map(formatShort)).toEqual(['999', '41.2 k', '3.35 M', '1.94 G'])
    expect(formatPercent(0.98712)).toBe('98.71 %')
    expect([0.4, 59.6, 431.7, 7384].map(formatDuration)).toEqual(['0 s', '1 min 0 s', '7 min 12 s', '2 h 3 min'])
  })

  it('keep the text of an architecture as it is', () => {
    expect(textOf(highlightNas(architectureText)).replace(/\s/g, '')).toBe(architectureText.replace(/\s/g, ''))
    expect(highlightNas('a < b // x > y')).toBe('a &#60; b <span class="comment">// x &#62; y</span>')
  })
})
