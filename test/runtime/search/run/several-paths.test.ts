import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, run, type RunOutcome } from '../../../../src/runtime/index.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compiledText } from '../../../support/programs.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-paths-'))
const data = join(folder, 'data')

const chain = (clauses: string, epochs: string, constraint = ''): string => `
import { conv, global_pool, identity, linear } from std:nn
import std:search
space chain {
  input image(8, 1); classes 3
  network {
    stem conv(2)
    stage a { width 2; depth 2; layer one of { conv(channels, one of {1, 3}), identity } }
    head global_pool -> linear(classes)
  }
  ${constraint}
}
search paths of chain {
  ${clauses}
  minimise cross_entropy
  train weights { sgd(lr: 0.05, momentum: 0.9) }
  validate on 25%
  derive   best(of: 3)
  calibrate 1
  batch 16
  ${epochs}
}`

/** Samplers of several networks, or of other ones from phase to phase. Of the 48 images for training a step takes 16. */
const programs: Readonly<Record<string, string>> = {
  'every option once': chain('sample strict_fairness', 'epochs 2').replace(
    'one of { conv(channels, one of {1, 3}), identity }',
    'one of { conv(channels, 1), conv(channels, 3), identity }',
  ),
  'two disjoint paths, within a constraint': chain(
    'sample two disjoint paths',
    'epochs 2',
    'require macs >= 100',
  ).replace('conv(channels, one of {1, 3})', 'conv(channels, 3)'),
  'what the phases have opened': chain(
    'relax all by slice\n  sample progressive({ phase(kernel, {1, 3}, epochs: 1, lr: 0.05), phase(depth, {1, 2}, epochs: 1, lr: 0.05, networks: 2) })',
    '',
  ).replace(
    'depth 2; layer one of { conv(channels, one of {1, 3}), identity }',
    'depth one of {1, 2}; layer conv(channels, one of {1, 3})',
  ),
}

const [first] = Object.keys(programs)

beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function checkpoints(run: string): number {
  const places = join(run, 'checkpoints')
  return existsSync(places) ? readdirSync(places).filter((name) => name.endsWith('.bin')).length : 0
}

const eventsOfType = (run: string, type: string): number => eventsOf(run).filter((each) => each === type).length

/** The run has come so far, and the steps after which it waits there to be killed: six of training, a look after them, three scores. */
const moments = {
  'before its first checkpoint': [1, (run: string) => eventsOfType(run, 'phase-started') > 0],
  'while it trains': [4, (run: string) => checkpoints(run) >= 2],
  'while it scores': [8, (run: string) => eventsOfType(run, 'architecture-scored') >= 1],
} as const

describe.each(Object.entries(programs))('a search whose steps train %s', (name, text) => {
  const at = (part: string): string => join(folder, `${name} ${part}`)
  const start = (out: string, more: Parameters<typeof run>[1] = {}): Promise<RunOutcome> =>
    run(compiledText(text), { backend: 'cpu', data, out, seed: 5, ...more })
  const outcomeOf = (out: string, outcome: RunOutcome) => comparableOutcome(out, finished(outcome))
  let unbroken: ReturnType<typeof outcomeOf>

  beforeAll(async () => {
    unbroken = outcomeOf(at('whole'), await start(at('whole')))
    writeFileSync(at('program.nas'), text)
  })

  it('learns', () => {
    const losses = readRun(at('whole'))
      .events()
      .flatMap((event) => (event.type === 'phase-epoch' ? [event.scores['loss.weights'] ?? NaN] : []))
    expect(losses).toHaveLength(2)
    expect(losses[1]).toBeLessThan(losses[0] ?? -Infinity)
  })

  it('and that is stopped at every second step and resumed ends in the same bits', async () => {
    await start(at('broken'), stopAfter(2))
    const { outcome, parts } = await resumeUntilDone(at('broken'), 2)
    expect(parts).toBeGreaterThan(2)
    expect(outcomeOf(at('broken'), outcome)).toEqual(unbroken)
  })

  // A process takes its time to start: one is killed at every moment, the others in the middle.
  const killedAt = Object.entries(moments).filter(([moment]) => name === first || moment === 'while it trains')
  it.each(killedAt)('and that is killed %s and resumed ends in the same bits', async (moment, place) => {
    const [steps, ready] = place
    const killed = at(moment)
    const given = [at('program.nas'), data, killed, String(steps)]
    expect(await killWhen(() => ready(killed), 'child-program.ts', given)).toBe('SIGKILL')
    expect(eventsOf(killed)).not.toContain('run-finished')
    expect(outcomeOf(killed, await resume(killed))).toEqual(unbroken)
  })
})
