import { yieldToEventLoop } from '../../training/evaluation.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { addTallies, type Tallies } from './tally.js'

/** Where a training stands: with the variables, all that it takes to go on to the same bits. */
export interface LoopState {
  /** Steps done since the beginning. */
  readonly done: number
  /** Sums since the last progress event, and since the epoch began. */
  readonly interval: Tallies
  readonly epoch: Tallies
}

export const loopStart: LoopState = { done: 0, interval: {}, epoch: {} }

export interface LoopOutcome {
  readonly finished: boolean
  /** Where it stands: epochs done, and steps done in the epoch after them. */
  readonly epoch: number
  readonly step: number
}

/** Measured, never part of a result. */
export interface Throughput {
  readonly imagesPerSecond: number
  readonly secondsLeft: number
}

export interface Loop {
  readonly epochs: number
  /** Epochs after which it ends early, on schedules that are those of all epochs; absent: it does not. */
  readonly until?: number
  readonly steps: number
  /** Images per step, of all sets of variables. */
  readonly images: number
  /** One step; gives what it saw. */
  step(position: TrainingPosition, index: number): Tallies
  progress(position: TrainingPosition, tallies: Tallies, throughput: Throughput): void
  endOfEpoch(position: TrainingPosition, tallies: Tallies, throughput: Throughput): void
  /** Called after the events of the step. */
  save(state: LoopState): void
}

export interface LoopControl {
  readonly signal?: AbortSignal | undefined
  /** Told when `signal` begins to be looked at within {@link shortStep}, and when no longer. */
  readonly onSignalWatch?: ((isWatched: boolean) => void) | undefined
  /** Steps between two checkpoints, beside those at the end of every epoch. */
  readonly checkpointEvery: number
  /** Steps between two progress events, counted from the start of an epoch. */
  readonly progressEvery: number
}

/** Milliseconds. In a longer step nobody would wait for its end: a stop then costs what came after the last checkpoint. */
const shortStep = 500
/** Milliseconds of work that may be lost in that way; steps that are checkpointed more often than this are counted only. */
const mostLost = 30_000

/**
 * Runs a training from `state` to its end, or until the signal is aborted: then the step that is under way is finished,
 * and a checkpoint saved.
 */
export async function runLoop(loop: Loop, start: LoopState, control: LoopControl): Promise<LoopOutcome> {
  const total = (loop.until ?? loop.epochs) * loop.steps
  let state = start
  let saved = start.done
  let savedAt = performance.now()
  const throughput = openThroughputMeter(loop, start.done, total)
  const watchSignal = signalWatch(control)
  while (state.done < total && control.signal?.aborted !== true) {
    const index = state.done
    const position: TrainingPosition = {
      epoch: Math.floor(index / loop.steps),
      epochs: loop.epochs,
      step: index % loop.steps,
      steps: loop.steps,
    }
    const began = performance.now()
    const seen = loop.step(position, index)
    watchSignal(performance.now() - began < shortStep)
    state = { done: index + 1, interval: addTallies(state.interval, seen), epoch: addTallies(state.epoch, seen) }
    const endsEpoch = position.step === loop.steps - 1
    if (endsEpoch || (position.step + 1) % control.progressEvery === 0) {
      loop.progress(position, state.interval, throughput.lap(state.done))
      state = { ...state, interval: {} }
    }
    if (endsEpoch) {
      loop.endOfEpoch(position, state.epoch, throughput.whole(state.done))
      state = { ...state, epoch: {} }
    }
    const isDue = endsEpoch || state.done % control.checkpointEvery === 0
    if (isDue || performance.now() - savedAt > mostLost) {
      loop.save(state)
      saved = state.done
      savedAt = performance.now()
    }
    await yieldToEventLoop()
  }
  watchSignal(false)
  if (saved !== state.done) loop.save(state)
  return { finished: state.done === total, epoch: Math.floor(state.done / loop.steps), step: state.done % loop.steps }
}

/** Tells the host of changes only. */
function signalWatch({ onSignalWatch }: LoopControl): (now: boolean) => void {
  let before = false
  return (now) => {
    if (now !== before) onSignalWatch?.(now)
    before = now
  }
}

interface ThroughputMeter {
  /** Since the last call. */
  lap(done: number): Throughput
  /** Since the session began. */
  whole(done: number): Throughput
}

function openThroughputMeter(loop: Loop, start: number, total: number): ThroughputMeter {
  const began = performance.now()
  let lapBegan = began
  let lapStart = start
  const throughput = (done: number, from: number, since: number): Throughput => {
    const now = performance.now()
    const perStep = (now - began) / 1000 / Math.max(1, done - start)
    return {
      imagesPerSecond: ((done - from) * loop.images * 1000) / Math.max(1e-3, now - since),
      secondsLeft: perStep * (total - done),
    }
  }
  return {
    lap(done) {
      const result = throughput(done, lapStart, lapBegan)
      lapStart = done
      lapBegan = performance.now()
      return result
    },
    whole: (done) => throughput(done, start, began),
  }
}
