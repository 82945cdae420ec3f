import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, run, type RunOutcome } from '../../../../src/runtime/index.js'
import { withoutMeasures } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { bestUp, runAttentive } from '../../../support/attentive-search.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileScored } from '../../../support/scored-search.js'
import { finished, runTiny, comparableOutcome } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-kill-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
let whole: RunOutcome

beforeAll(async () => {
  writeTinyData(data)
  whole = await runTiny(data, unbroken)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Phase {
  /** Whether the run has come to the phase in which it is to be killed. */
  readonly ready: (run: string) => boolean
  /** Of the 8 training steps of the search and the 16 of the retraining, those that it may make before it is killed. */
  readonly mostSteps: number
}

const phases: Readonly<Record<string, Phase>> = {
  search: { ready: (run) => checkpoints(run) >= 1, mostSteps: 6 },
  retraining: { ready: (run) => hasBegunRetraining(run), mostSteps: 8 + 12 },
}

/** Kills a run without warning as soon as it has come to the phase; gives how its process ended. */
function killIn({ ready, mostSteps }: Phase, run: string): Promise<NodeJS.Signals | number | null> {
  return killWhen(() => ready(run), 'child-run.ts', [data, run, String(mostSteps)])
}

function checkpoints(run: string): number {
  const places = join(run, 'checkpoints')
  return existsSync(places) ? readdirSync(places).filter((name) => name.endsWith('.bin')).length : 0
}

/** Of the phases that tell of their steps the retraining is the second. */
function hasBegunRetraining(run: string): boolean {
  return eventsOf(run).filter((type) => type === 'phase-started').length === 2
}

function scoresOf(run: string): number {
  return eventsOf(run).filter((type) => type === 'architecture-scored').length
}

describe('kill -9', () => {
  it.each(Object.entries(phases))('in the %s, then resume: the same architecture and numbers', async (name, phase) => {
    const killed = join(folder, name)
    expect(await killIn(phase, killed)).toBe('SIGKILL')
    const before = eventsOf(killed)
    expect(before).toContain('run-started')
    expect(hasBegunRetraining(killed)).toBe(name === 'retraining')
    expect(before).not.toContain('run-finished')
    const result = finished(await resume(killed))
    expect(eventsOf(killed)).toContain('run-resumed')
    expect(eventsOf(killed)).toContain('run-finished')
    expect(comparableOutcome(killed, result)).toEqual(comparableOutcome(unbroken, finished(whole)))
  })

  it('while candidates are scored, then resume: the same scores in the same order', async () => {
    const derivation = 'evolution(population: 3, generations: 1, mutants: 2, crossovers: 1, mutation: 0.5)'
    const [whole, killed] = [join(folder, 'scored'), join(folder, 'scored-killed')]
    const options = { scale: 'tiny', backend: 'cpu', data, seed: 5 } as const
    finished(await run(compileScored(derivation), { ...options, out: whole }))
    // Four steps of training and the look after them; then one look before every score.
    expect(await killWhen(() => scoresOf(killed) >= 4, 'child-scored.ts', [data, killed, derivation, '9'])).toBe(
      'SIGKILL',
    )
    expect(scoresOf(killed)).toBe(4)
    finished(await resume(killed))
    const told = (out: string) =>
      readRun(out)
        .events()
        .filter(({ type }) => type !== 'run-resumed' && type !== 'run-started')
        .map(withoutMeasures)
    expect(scoresOf(whole)).toBe(6)
    expect(told(killed)).toEqual(told(whole))
  })

  it.each([
    ['while the weights are trained', 2, (run: string) => checkpoints(run) >= 1],
    ['while the front is searched', 6 + 3, (run: string) => scoresOf(run) >= 2],
  ] as const)('of attentive sampling %s, then resume: the same front', async (name, steps, ready) => {
    const [whole, killed] = [join(folder, 'attentive'), join(folder, name)]
    const unbroken = finished(await runAttentive(data, whole))
    expect(await killWhen(() => ready(killed), 'child-attentive.ts', [data, killed, String(steps), bestUp, ''])).toBe(
      'SIGKILL',
    )
    const resumed = finished(await resume(killed))
    expect(comparableOutcome(killed, resumed)).toEqual(comparableOutcome(whole, unbroken))
    rmSync(whole, { recursive: true })
  })
})
