import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRun } from '../../../src/runtime/run/run-directory.js'
import type { ArchitectureDerived, PhaseStarted } from '../../../src/runtime/run/events.js'
import { formatCount } from '../../../src/support/format-quantity.js'
import { nasc } from '../../support/captured.js'
import { writeTinyData } from '../../support/tiny-data.js'
import { runTiny } from '../../support/tiny-runs.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-operands-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [first, second] = [join(folder, 'first'), join(folder, 'second')]
const set = { width: 2, 'retrain.width': 6, epochs: 1, 'retrain.epochs': 1 }

// Images of 8x8 in three classes, where the space says 32x32x3 in ten; other params in the search and in the retraining.
beforeAll(async () => {
  const data = writeTinyData(join(folder, 'data'), 32, 12)
  await runTiny(data, first, { set })
  await runTiny(data, second, { set, seed: 6 })
}, 120_000)

interface Figures {
  readonly parameters: number
  readonly macs: number
}

async function json(...args: readonly string[]): Promise<Figures & Readonly<Record<string, unknown>>> {
  const { code, out, err } = await nasc(...args, '--json')
  expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
  return JSON.parse(out)
}

function figures({ parameters, macs }: Figures): Figures {
  expect([typeof parameters, typeof macs]).toEqual(['number', 'number'])
  return { parameters, macs }
}

function recorded(): Readonly<Record<'retrained' | 'inherited', Figures>> {
  const events = readRun(first).events()
  const derived = events.find((event): event is ArchitectureDerived => event.type === 'architecture-derived')
  const retrain = events.find(
    (event): event is PhaseStarted => event.type === 'phase-started' && event.phase === 'retrain',
  )
  return {
    retrained: figures({ parameters: retrain?.parameters ?? NaN, macs: retrain?.macs ?? NaN }),
    inherited: figures({ parameters: derived?.parameters ?? NaN, macs: derived?.macs ?? NaN }),
  }
}

const derivedFile = join(first, 'architectures', 'derived.nas')
const speakers = {
  cost: (weights: string) => json('cost', first, '--weights', weights),
  'cost --arch': (weights: string) => json('cost', first, '--arch', 'derived', '--weights', weights),
  'cost of derived.nas': (weights: string) => json('cost', derivedFile, '--weights', weights),
  eval: (weights: string) => json('eval', first, '--weights', weights, '--backend', 'cpu'),
  export: (weights: string) => {
    const out = join(folder, `${weights}.safetensors`)
    return json('export', first, '--to', 'safetensors', '--weights', weights, '--backend', 'cpu', '--out', out)
  },
}

describe('commands that speak of one network of a run', () => {
  it('the two networks of the run are two', () => {
    const { retrained, inherited } = recorded()
    expect(retrained).not.toEqual(inherited)
  })

  it.each(['retrained', 'inherited'] as const)('say the same of it with %s weights', async (weights) => {
    const expected = recorded()[weights]
    for (const [name, speak] of Object.entries(speakers)) {
      expect({ name, ...figures(await speak(weights)) }).toEqual({ name, ...expected })
    }
    const card = readFileSync(join(folder, `${weights}.safetensors.md`), 'utf8')
    for (const figure of Object.values(expected)) expect(card).toContain(formatCount(figure))
  })

  it('the report of the run has the figures of what was trained from scratch', () => {
    const report = readFileSync(join(first, 'report.html'), 'utf8')
    for (const figure of Object.values(recorded().retrained)) expect(report).toContain(formatCount(figure))
  })

  it('say the same of it without a wish', async () => {
    const expected = recorded().retrained
    expect(figures(await json('cost', first))).toEqual(expected)
    expect(figures(await json('cost', derivedFile))).toEqual(expected)
    expect(figures(await json('eval', first, '--backend', 'cpu'))).toEqual(expected)
  })

  it('say the same of the supernet, and of an architecture of the program', async () => {
    const supernet = await json('eval', first, '--weights', 'supernet', '--backend', 'cpu')
    expect(figures(await json('cost', first, '--supernet'))).toEqual(figures(supernet))
    const published = await json('eval', first, '--arch', 'DARTS_V2', '--backend', 'cpu')
    expect(figures(await json('cost', first, '--arch', 'DARTS_V2'))).toEqual(figures(published))
  })
})

describe('a run directory as an operand', () => {
  const params = ['--set', 'cells=3', '--set', 'width=2']
  const program = join(first, 'program.ir.json')

  it('count, sample: its space under its params, as its program with them', async () => {
    for (const args of [['count'], ['sample', '--count', '2', '--seed', '3']] as const) {
      const [command, ...options] = args
      expect(await json(command, first, ...options)).toEqual(await json(command, program, ...options, ...params))
    }
    const { err } = await nasc('count', first)
    expect(err).toContain('Images and classes are those that the space declares')
  })

  it('cost --least: under its params; --set comes before these', async () => {
    const least = await json('cost', first, '--least')
    expect(least).toEqual(await json('cost', program, '--least', ...params))
    expect(await json('cost', first, '--least', '--set', 'width=4')).not.toEqual(least)
    const wide = await json('cost', first, '--set', 'width=8')
    expect(wide.parameters).toBeGreaterThan(recorded().retrained.parameters)
  })

  it('graph: what it derived, or its space', async () => {
    const { out } = await nasc('graph', first, '--format', 'dot')
    expect(out).toContain('derived')
    expect(out).toMatch(/8\D{1,3}8/)
    const space = await nasc('graph', first, '--space', 'darts', '--format', 'dot')
    expect(space.code).toBe(0)
    expect(space.out).not.toContain('derived')
  })

  it('explain: its data, its search, its params, what it derived', async () => {
    const { code, out } = await nasc('explain', first)
    expect(code).toBe(0)
    const said = out.replace(/\s+/g, ' ')
    for (const part of ['images of 8x8x1 in 3 classes', 'at the scale tiny', 'It derived derived', 'width = 2']) {
      expect(said).toContain(part)
    }
    expect(said.match(/Search \w+ of/g)).toHaveLength(1)
  })

  it('diff: where two runs came to other decisions, at the cost of each', async () => {
    interface Diff {
      readonly relation: string
      readonly results: readonly { readonly parameters: { readonly old: number; readonly new: number } }[]
      readonly compared: readonly { readonly different: readonly { readonly path: string }[]; readonly alike: number }[]
    }
    const diff = async (...args: readonly string[]): Promise<Diff> =>
      JSON.parse((await nasc('diff', ...args, '--json')).out)
    const itself = await diff(first, first)
    expect(itself.relation).toBe('equal')
    expect(itself.compared).toMatchObject([{ different: [] }])
    const { parameters } = recorded().retrained
    expect(itself.results).toMatchObject([{ valid: true, parameters: { old: parameters, new: parameters } }])
    const texts = [first, second].map((run) => readFileSync(join(run, 'architectures', 'derived.nas'), 'utf8'))
    const others = await diff(first, second)
    expect(others.compared[0]?.different.length === 0).toBe(texts[0] === texts[1])
    const published = await diff(first, program, '--against', 'DARTS_V2')
    expect(published.compared[0]?.different.length).toBeGreaterThan(0)
    const { out } = await nasc('diff', first, program, '--against', 'DARTS_V2')
    expect(out).toMatch(/derived -> DARTS_V2: \d+ differ, \d+ are alike\n {4}~ \S+: .* -> /)
  })

  it('a folder that is no run is told what a run has', async () => {
    const other = join(folder, 'other')
    if (!existsSync(other)) mkdirSync(other)
    writeFileSync(join(other, 'notes.txt'), '')
    for (const args of [['explain'], ['cost'], ['count'], ['sample'], ['graph'], ['diff', first]]) {
      const { code, err } = await nasc(...args, other)
      expect({ args, code }).toEqual({ args, code: 1 })
      expect(err).toContain('NAS7202')
      expect(err).toContain('program.ir.json')
    }
  })

  it('what does not go together is told', async () => {
    for (const args of [
      ['cost', derivedFile, '--arch', 'DARTS_V2'],
      ['cost', derivedFile, '--supernet'],
      ['cost', first, '--supernet', '--weights', 'inherited'],
      ['graph', first, '--space', 'darts', '--weights', 'inherited'],
      ['cost', program, '--arch', 'DARTS_V2', '--weights', 'inherited'],
    ]) {
      expect(await nasc(...args)).toMatchObject({ code: 2, err: expect.stringContaining('NAS8007') as string })
    }
  })
})
