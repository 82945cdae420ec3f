import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildKernels } from '../../scripts/build-kernels.mjs'
import { resume, run, type RunOutcome, type RunResult } from '../../src/runtime/index.js'
import { withoutMeasures, type JournalEvent } from '../../src/runtime/run/events.js'
import { loadNewestCheckpoint } from '../../src/runtime/run/checkpoint.js'
import { readRun } from '../../src/runtime/run/run-directory.js'
import { searchIr } from './search-ir.js'

export const tinyIr = searchIr()

/** The tiny search on the tiny data: 2 epochs of 4 steps, then 2 epochs of 8 steps, on the backend that is always there. */
export async function runTiny(
  data: string,
  out: string,
  more: Partial<Parameters<typeof run>[1]> = {},
): Promise<RunOutcome> {
  await buildKernels()
  return run(tinyIr, { scale: 'tiny', backend: 'wasm', data, out, seed: 5, checkpointEvery: 1000, ...more })
}

export function finished(outcome: RunOutcome): RunResult {
  if (outcome.kind === 'finished') return outcome.result
  throw new Error(`the run stopped in the ${outcome.phase}`)
}

/** Resumes a run again and again, stopping it after so many training steps each time. */
export async function resumeUntilDone(
  folder: string,
  stepsEach: number,
): Promise<{ outcome: RunOutcome; parts: number }> {
  for (let parts = 1; ; parts++) {
    const outcome = await resume(folder, stopAfter(stepsEach))
    if (outcome.kind === 'finished') return { outcome, parts }
    if (parts > 100) throw new Error('the run does not get anywhere')
  }
}

/** Options that stop a run after so many training steps. */
export function stopAfter(steps: number) {
  let left = steps
  // The loop looks at the signal once before every step and once more after the last one.
  const signal = Object.defineProperty(new EventTarget(), 'aborted', { get: () => left-- <= 0 }) as AbortSignal
  return { signal, checkpointEvery: 1000 }
}

/** Options that hold a run fast before the training step after so many, until it is killed. */
export function holdAfter(steps: number) {
  let left = steps
  const look = (): boolean => {
    if (left-- > 0) return false
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
    throw new Error('nobody killed the run')
  }
  return { signal: Object.defineProperty(new EventTarget(), 'aborted', { get: look }) as AbortSignal }
}

/**
 * Options under which a run ends as if its process was killed when it looks for the next time after so many whether it is to stop:
 * nothing is saved on the way out.
 */
export function crashAfter(looks: number) {
  let seen = 0
  const look = (): boolean => {
    if (seen >= looks) throw new Crash('the run was killed')
    seen += 1
    return false
  }
  const signal = Object.defineProperty(new EventTarget(), 'aborted', { get: look }) as AbortSignal
  return { signal, seen: () => seen }
}

export class Crash extends Error {}

/** All that must be the same in a run that was stopped and in one that was not. */
export function comparableOutcome(folder: string, result: RunResult) {
  const reader = readRun(folder)
  const events = reader.events().filter(({ type }) => type !== 'run-resumed' && type !== 'run-started')
  const places = ['pretrained', 'predictor', 'supernet', 'retrained-derived'].map((name) =>
    join(folder, 'checkpoints', name),
  )
  const weights = places.filter(existsSync).map((place) => {
    const found = loadNewestCheckpoint(place)
    return found === undefined
      ? []
      : [...found.checkpoint.arrays].map(([key, values]) => [key, [...values]] as const).sort()
  })
  const { run: _run, seconds: _seconds, ...figures } = result
  return {
    figures,
    events: events.map((event: JournalEvent) => withoutMeasures(event)),
    weights,
    architecture: readFileSync(join(folder, 'architectures', 'derived.nas'), 'utf8'),
  }
}
