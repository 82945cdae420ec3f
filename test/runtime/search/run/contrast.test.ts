import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { resume, run, type RunResult } from '../../../../src/runtime/index.js'
import { loadNewestCheckpoint } from '../../../../src/runtime/run/checkpoint.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { contrastProgram, runContrast, supervisedIr } from '../../../support/contrast-search.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compiledText } from '../../../support/programs.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-contrast-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
let whole: RunResult

beforeAll(async () => {
  await buildKernels()
  writeTinyData(data)
  whole = finished(await runContrast(data, unbroken))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a search by contrast', () => {
  it('that is stopped again and again, and resumed, ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    await runContrast(data, broken, stopAfter(2))
    const { outcome, parts } = await resumeUntilDone(broken, 3)
    expect(parts).toBeGreaterThan(2)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(unbroken, whole))
  })

  describe('that is killed', () => {
    const program = join(folder, 'program.nas')
    const expected = join(folder, 'never killed')
    let outcome: RunResult
    const count = (killed: string, type: string): number => eventsOf(killed).filter((each) => each === type).length
    /** The steps after which it waits there to be killed: six of training, six of the classifier, then scores. */
    const moments = {
      'while it trains': [4, (killed: string) => count(killed, 'phase-started') === 1],
      'while the classifier is trained': [9, (killed: string) => count(killed, 'phase-started') === 2],
      'while it scores': [15, (killed: string) => count(killed, 'architecture-scored') > 0],
    } as const

    beforeAll(async () => {
      writeFileSync(program, contrastProgram())
      const ran = await run(compiledText(contrastProgram()), { backend: 'cpu', data, out: expected, seed: 5 })
      outcome = finished(ran)
    })

    it.each(Object.entries(moments))('%s ends in the same bits when it is resumed', async (moment, [steps, ready]) => {
      const killed = join(folder, moment)
      const given = [program, data, killed, String(steps)]
      expect(await killWhen(() => ready(killed), 'child-program.ts', given)).toBe('SIGKILL')
      expect(eventsOf(killed)).not.toContain('run-finished')
      expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(comparableOutcome(expected, outcome))
    })
  })

  it('trains the supernet, a classifier behind it, and judges paths by it', () => {
    const events = readRun(unbroken).events()
    expect(events.flatMap((event) => (event.type === 'phase-started' ? [event.phase] : []))).toEqual([
      'search',
      'probe',
      'derive',
    ])
    const scored = events.filter((event) => event.type === 'architecture-scored')
    expect(scored.map(({ round }) => round)).toEqual([0, 0, 0, 1, 1, 2, 2])
    expect(scored.every(({ score, scores }) => score === scores['accuracy'])).toBe(true)
  })

  it('moves in the probe nothing but the classifier and running statistics', async () => {
    const folderOf = join(folder, 'searched')
    const trained = await supernetAfter(folderOf, 'search')
    const probed = await supernetAfter(folderOf, 'probe')
    const moved = [...trained].flatMap(([name, values]) =>
      values.every((value, place) => value === probed.get(name)?.[place]) ? [] : [name],
    )
    const weights = moved.filter((name) => !/\.(mean|variance)$|#/u.test(name))
    expect(weights.sort()).toEqual(['head.linear.bias', 'head.linear.kernel'])
  })
})

describe('two disjoint paths that are trained by labels', () => {
  it('need neither views nor a teacher, and no classifier of their own', async () => {
    const out = join(folder, 'supervised')
    const { architectures } = finished(await runContrast(data, out, {}, supervisedIr()))
    expect(architectures).toHaveLength(1)
    const events = readRun(out).events()
    expect(events.flatMap((event) => (event.type === 'phase-started' ? [event.phase] : []))).toEqual([
      'search',
      'derive',
    ])
    const kept =
      loadNewestCheckpoint(join(out, 'checkpoints', 'supernet'))?.checkpoint.arrays ?? new Map<string, unknown>()
    expect([...kept.keys()].filter((name) => /^(teacher|neck|queue)/u.test(name))).toEqual([])
  })
})

/** Weights of the supernet as they are kept when a phase has come to its end. */
async function supernetAfter(out: string, phase: string): Promise<ReadonlyMap<string, Float32Array>> {
  const stopped = { signal: stopBehind(out, phase), checkpointEvery: 1000 }
  if (existsSync(out)) await resume(out, stopped)
  else await runContrast(data, out, stopped)
  const kept = loadNewestCheckpoint(join(out, 'checkpoints', 'supernet'))
  if (kept === undefined) throw new Error('the run kept no supernet')
  return kept.checkpoint.arrays
}

/** Stops a run as soon as the phase behind a phase has begun. */
function stopBehind(out: string, phase: string): AbortSignal {
  const hasEnded = (): boolean => {
    if (!existsSync(join(out, 'journal.jsonl'))) return false
    const started = readRun(out)
      .events()
      .flatMap((event) => (event.type === 'phase-started' ? [event.phase] : []))
    return started.indexOf(phase) >= 0 && started.at(-1) !== phase
  }
  return Object.defineProperty(new EventTarget(), 'aborted', { get: hasEnded }) as AbortSignal
}
