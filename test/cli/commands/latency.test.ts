import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FitLatencyResult, SampleLatencyResult } from '../../../src/runtime/index.js'
import { printMeasurements } from '../../../src/runtime/search/measurements/measurements-file.js'
import { nasc } from '../../support/captured.js'
import { cellProgram, cellSpace, latencySearch, syntheticMeasurements } from '../../support/synthetic-latency.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-latency-command-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const engine = ['--backend', 'wasm', '--threads', '1', '--quiet']
/** A moment of other work makes nothing of these fail. */
const lenient = ['--tolerance', '99%']
const program = at('cells.nas')
const given = at('given.csv')

beforeAll(() => {
  writeFileSync(program, cellProgram(latencySearch(given, 'sampled(latency)')))
  const measured = cellSpace()
  const decisions = measured.choices.explored.map(({ decision }) => decision)
  const setting = { quantity: 'synthetic latency', unit: 'ms', device: 'a phone' }
  writeFileSync(given, printMeasurements({ setting, rows: syntheticMeasurements(measured, 120) }, decisions))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function sampled(file: string, ...args: readonly string[]): Promise<SampleLatencyResult> {
  const { code, out, err } = await nasc(
    'latency',
    'sample',
    program,
    '--measurements',
    file,
    ...args,
    ...engine,
    '--json',
  )
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, err } = await nasc('latency', ...args, ...engine)
  return `${code} ${err}`
}

/** Lines without what says how it was measured: the names of columns, and a row for each architecture. */
const rowsOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'))

describe('nasc latency sample', () => {
  const file = at('new', 'measured.csv')

  it('measures architectures block by block, and goes on where it ended', async () => {
    const first = await sampled(file, '--count', '8', ...lenient)
    expect(first).toMatchObject({ kind: 'finished', measurements: file, architectures: 8, of: 8 })
    expect(first.setting).toMatchObject({ quantity: 'latency', unit: 'ms', batch: '1', resolution: '8x8x1' })
    const before = rowsOf(file)
    expect(before).toHaveLength(1 + 8)
    expect(await sampled(file, '--count', '14', ...lenient)).toMatchObject({ architectures: 14 })
    expect(rowsOf(file).slice(0, 9)).toEqual(before)
    const samples = rowsOf(file)
      .slice(1)
      .map((line) => Number(line.split(',')[0]))
    expect(samples).toEqual(Array.from({ length: 14 }, (_, index) => index))
    expect(rowsOf(file).some((line) => line.includes('none'))).toBe(false)
  }, 60_000)

  it('measures nothing where all are there', async () => {
    const before = readFileSync(file, 'utf8')
    expect(await sampled(file, '--count', '10', ...lenient)).toMatchObject({ kind: 'finished', architectures: 14 })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('refuses a file that was measured otherwise, and leaves it as it is', async () => {
    const batch = await refused('sample', program, '--measurements', file, '--count', '20', '--batch', '4')
    expect(batch).toMatch(/^1 error\[NAS7621\].*batch is 1, and here 4/su)
    const foreign = at('foreign.csv')
    writeFileSync(foreign, readFileSync(file, 'utf8').replace(/^# device: .*$/mu, '# device: a phone'))
    const before = readFileSync(foreign, 'utf8')
    const device = await refused('sample', program, '--measurements', foreign, '--count', '20')
    expect(device).toMatch(/^1 error\[NAS7621\].*device is a phone, and here/su)
    expect(readFileSync(foreign, 'utf8')).toBe(before)
  })

  it('tells of a machine that is never quiet, and keeps what there is', async () => {
    const busy = at('busy.csv')
    const refusal = await refused('sample', program, '--measurements', busy, '--count', '2', '--tolerance', '0.0001%')
    expect(refusal).toMatch(/^1 error\[NAS7616\].*of 2 architectures, 0 are measured/su)
    expect(existsSync(busy)).toBe(false)
  }, 60_000)
})

describe('nasc latency fit and show', () => {
  it('judge the predictor beside baselines, on architectures that were held out', async () => {
    const { code, out, err } = await nasc('latency', 'fit', program, ...engine, '--json')
    expect(code, err).toBe(0)
    const fitted: FitLatencyResult = JSON.parse(out)
    expect(fitted).toMatchObject({ predictor: 'latency', fitted: 96, heldOut: 24, measurements: given })
    // Of another device: a fit is about whatever is in the file.
    expect(fitted.setting).toMatchObject({ device: 'a phone' })
    expect(Object.keys(fitted.baselines)).toEqual(['constant', 'macs', 'oneHot'])
    expect(fitted.relativeError).toBeLessThan(fitted.baselines.constant.relativeError)
    expect(fitted.pairs).toHaveLength(24)
  }, 60_000)

  it('say it in words, and draw it', async () => {
    const picture = at('latency.svg')
    const { code, out, err } = await nasc('latency', 'show', program, ...engine, '--out', picture)
    expect(code, err).toBe(0)
    expect(out).toContain(picture)
    expect(readFileSync(picture, 'utf8')).toMatch(/^<svg.*measured synthetic latency, ms.*<\/svg>\s*$/su)
  }, 60_000)

  it('refuse what is not there, and measurements of other networks', async () => {
    expect(await refused('fit', program, '--measurements', at('none.csv'))).toMatch(/^1 error\[NAS7624\].*none\.csv/su)
    const other = at('other.csv')
    writeFileSync(other, `# networks: sha256:0\n${readFileSync(given, 'utf8')}`)
    expect(await refused('show', program, '--measurements', other)).toMatch(
      /^1 error\[NAS7621\].*networks is sha256:0/su,
    )
    const bare = at('bare.nas')
    writeFileSync(bare, cellProgram())
    expect(await refused('fit', bare, '--measurements', given)).toMatch(/^1 error\[NAS7623\].*has no predictor/su)
    expect(await refused('sample', bare)).toMatch(/^1 error\[NAS7623\]/u)
  })

  it('refuse an action that there is not, with the near one', async () => {
    const refusal = await refused('smaple', program)
    expect(refusal).toMatch(/error\[NAS8130\]: There is no `nasc latency smaple`\./u)
    expect(refusal).toMatch(/did you mean `sample`\?/iu)
  })
})
