import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkProgram } from '../../../../scripts/docs/cases.js'
import { compile } from '../../../../src/compiler/index.js'
import { memoryHost } from '../../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import { run, runSeeds } from '../../../../src/runtime/index.js'
import { printMeasurements } from '../../../../src/runtime/search/measurements/measurements-file.js'
import type { MeasurementSetting } from '../../../../src/runtime/search/measurements/measurements.js'
import { spaceSetting } from '../../../../src/runtime/search/measurements/setting.js'
import { refusalsOf } from '../../../../src/runtime/search/run/refusals.js'
import { failureOf } from '../../../support/failures.js'
import { compiledText } from '../../../support/programs.js'
import { files, read } from '../../../support/repository.js'
import { cellProgram, cellSpace, latencySearch, syntheticMeasurements } from '../../../support/synthetic-latency.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-named-'))
const data = join(folder, 'data')
beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program with a component that names a file, and what the file may say. */
interface Naming {
  readonly component: string
  readonly program: (file: string) => string
  readonly right: string
  /** What is wrong with it, and the failure that says so. */
  readonly faults: Readonly<Record<string, readonly [text: string | Uint8Array, code: string]>>
  /** Where the file is not there: what is refused; absent: nothing, a run does without. */
  readonly missing?: string
}

const notUtf8 = Uint8Array.of(0xff, 0xfe, 0x2c)

const chain = (search: string): string => `import { bn, conv, global_pool, identity, linear } from std:nn
import std:search
space chain {
  input image(8, 1); classes 3
  network { stem conv(4, 3) -> bn; stage a { width 4; depth 2; layer one of { identity, conv(channels) } }; head global_pool -> linear(classes) }
}
search s of chain { ${search} }`

const table: Pick<Naming, 'component' | 'right' | 'faults' | 'missing'> = {
  component: 'table',
  right: 'architecture,accuracy\n00,1\n01,2\n10,3\n11,4\n',
  missing: 'NAS7602',
  faults: {
    'that is no UTF-8': [notUtf8, 'NAS7625'],
    'that is empty': ['', 'NAS7585'],
    'without rows': ['architecture,accuracy\n', 'NAS7603'],
    'without its column': ['architecture,acc\n11,0.5\n', 'NAS7604'],
    'with what is no number': ['architecture,accuracy\n11,good\n', 'NAS7603'],
    'of another space': ['architecture,accuracy\n111,0.5\n', 'NAS7605'],
  },
}

const cells = cellSpace()
const rows = syntheticMeasurements(cells, 40)
const decisions = cells.choices.explored.map(({ decision }) => decision)
const measured = (setting: MeasurementSetting, count = 40): string =>
  printMeasurements({ setting, rows: rows.slice(0, count) }, decisions)
const right = measured({ resolution: '8x8x1', space: 'cells' })

/** Every way in which a search names a file. */
const namings: Readonly<Record<string, Naming>> = {
  'by a score': { ...table, program: (file) => chain(`score table("${file}"); derive evolution(population: 4)`) },
  'by the score of a derivation': {
    ...table,
    program: (file) => chain(`derive best(of: 3, by: table(file: "${file}"))`),
  },
  'by a predictor': {
    component: 'mlp',
    program: (file) => cellProgram(latencySearch(file, 'sampled(latency)')),
    right,
    faults: {
      'that is no UTF-8': [notUtf8, 'NAS7625'],
      'that is empty': ['', 'NAS7585'],
      'without its column': [right.replace(',value,', ',milliseconds,'), 'NAS7619'],
      'with what is no number': [right.replace(/,[\d.]+,\n/u, ',fast,\n'), 'NAS7585'],
      'that names no architectures': ['value\n3\n', 'NAS7586'],
      'that names an architecture that there is not': ['architecture,value\nNET,3\n', 'NAS7627'],
      'with an option that there is not': [right.replace('sep_conv(3)', 'sep_conv(33)'), 'NAS7587'],
      'with too few rows': [measured({}, 5), 'NAS7617'],
      'with a word that means nothing': [`# devise: a phone\n${right}`, 'NAS7620'],
      'of another space': [measured({ space: 'other' }), 'NAS7626'],
    },
  },
}

const written = (text: string | Uint8Array): string => {
  const file = join(folder, 'named.csv')
  writeFileSync(file, text)
  return file
}

/** What a check says of a program, and at which text. */
function checked(text: string, named: Readonly<Record<string, string>> = {}) {
  const memory = memoryHost({ 'main.nas': text, ...named }, nodeHost())
  const host = { ...memory, read: (path: string) => memory.read(path) ?? nodeHost().read(path) }
  const { value } = compile('main.nas', host)
  const codes = value === undefined ? [] : refusalsOf(value, host).map(({ failure }) => failure.code)
  const { diagnostics } = checkProgram('main.nas', host)
  const said = diagnostics.map(({ code, severity, span }) => [code, severity, text.slice(span.start, span.end)])
  return { codes, said }
}

const options = { data, backend: 'cpu', out: join(folder, 'run') } as const

describe.each(Object.entries(namings))('a file that is named %s', (_, { program, faults, missing, ...naming }) => {
  const faulty = Object.entries(faults)

  it('is fine as it should be', () => {
    expect(checked(program(written(naming.right)))).toMatchObject({ codes: [], said: [] })
  })

  it.each(faulty)('%s is refused by a check where it is named, and by a run before it begins', async (_, fault) => {
    const [text, code] = fault
    const file = written(text)
    expect(checked(program(file))).toMatchObject({ codes: [code], said: [['NAS4068', 'error', `"${file}"`]] })
    const ir = compiledText(program(file))
    expect(await failureOf(() => run(ir, options))).toMatchObject({ code })
    expect(await failureOf(() => runSeeds(ir, { ...options, seeds: 2 }))).toMatchObject({ code })
    expect(existsSync(options.out)).toBe(false)
  })

  it('that is a folder is refused alike', async () => {
    const file = join(folder, 'folder.csv')
    mkdirSync(file, { recursive: true })
    expect(checked(program(file))).toMatchObject({ codes: ['NAS7625'], said: [['NAS4068', 'error', `"${file}"`]] })
    expect(await failureOf(() => run(compiledText(program(file)), options))).toMatchObject({ code: 'NAS7625' })
  })

  it('that is not there is refused where a run cannot do without it', async () => {
    const file = join(folder, 'nowhere.csv')
    expect(checked(program(file)).codes).toEqual(missing === undefined ? [] : [missing])
    if (missing === undefined) return
    expect(await failureOf(() => run(compiledText(program(file)), options))).toMatchObject({ code: missing })
  })

  it('is read by the host of the check, whatever the disk has', () => {
    const text = program('memory.csv')
    expect(checked(text, { 'memory.csv': naming.right }).codes).toEqual([])
    expect(checked(text, { 'memory.csv': '' }).codes).toEqual(['NAS7585'])
  })
})

describe('measurements of another machine or of other networks', () => {
  const ofMachine = { device: 'a phone' }
  const ofNetworks = { ...spaceSetting({ ...cells, input: { height: 9, width: 9, channels: 1 } }), resolution: '8x8x1' }

  it.each([ofMachine, ofNetworks])('are a warning, since a run may be begun elsewhere and otherwise: %j', (setting) => {
    const file = written(measured(setting))
    const program = cellProgram(latencySearch(file, 'sampled(latency)'))
    expect(checked(program)).toMatchObject({ codes: ['NAS7621'], said: [['NAS4069', 'warning', `"${file}"`]] })
  })

  it('are refused by a run before it begins', async () => {
    const ir = compiledText(cellProgram(latencySearch(written(measured(ofMachine)), 'sampled(latency)')))
    expect(await failureOf(() => run(ir, options))).toMatchObject({ code: 'NAS7621' })
    expect(existsSync(options.out)).toBe(false)
  })

  it('are none where images have the size that the file says', () => {
    const input = { height: 16, width: 16, channels: 1 }
    const file = written(measured(spaceSetting({ ...cells, input })))
    expect(checked(cellProgram(latencySearch(file, 'sampled(latency)'))).codes).toEqual([])
  })
})

describe('components that name files', () => {
  it('are those above', () => {
    const sources = files().filter((path) => path.startsWith('src/runtime/search/components/') && path.endsWith('.ts'))
    const naming = sources.filter((path) => /read\.file\(/u.test(read(path)))
    const components = naming.map((path) => path.replace(/^.*\/|\.ts$/gu, ''))
    expect(components.sort()).toEqual([...new Set(Object.values(namings).map(({ component }) => component))].sort())
  })
})
