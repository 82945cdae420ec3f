import { mean } from '../../../support/statistics.js'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import type { Engine } from '../../backend/engine/engine.js'
import { createRandom, type Random } from '../../random/random.js'
import type { JournalEvent } from '../../run/events.js'
import { onDisk, writeAtomically } from '../../run/files.js'
import { yieldToEventLoop } from '../../training/evaluation.js'
import { openSteps } from '../../training/steps.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import { openClock, type Clock } from './clock.js'
import { openDraws, type MeasuredSpace } from './measured-space.js'
import { printMeasurements, readMeasurements } from './measurements-file.js'
import type { Measurement, MeasurementSetting } from './measurements.js'
import { requireSameSetting } from './same-setting.js'

/** What is measured, and how. */
export interface MeasuringRequest {
  readonly measured: MeasuredSpace
  readonly engine: Engine
  readonly setting: MeasurementSetting
  /** Images at once. */
  readonly batch: number
  /** Architectures in the end. */
  readonly count: number
  readonly seed: number
  /** By how much the reference network may be slower than it was at its best, as a share, before what is around is measured again. */
  readonly tolerance: number
  /** Where measurements are kept; what it holds already is not measured again. */
  readonly file: string
  readonly signal?: AbortSignal | undefined
  readonly onSignalWatch?: ((isWatched: boolean) => void) | undefined
  readonly observe: (event: JournalEvent) => void
}

export interface MeasuringOutcome {
  readonly kind: 'finished' | 'interrupted'
  /** In the file by now. */
  readonly rows: readonly Measurement[]
  /** Blocks that were dropped because the machine was not quiet. */
  readonly dropped: number
}

/** Architectures between two looks at the reference network. */
const blockSize = 10
/** Times a block is measured before it is left out, and blocks that are tried for each that is needed. */
const mostTries = 5
const mostBlocks = 3

/** The phase under which its events speak. */
export const measuringPhase = 'measure'

/**
 * Measures how long random architectures take, in milliseconds, and keeps what it measured in a file block by block. Of every
 * network counts the least of several runs. A reference network is measured before and after every ten: where it was slower than
 * at its best the block is dropped and measured again, and what is left of the machine's moods is told by its time beside each
 * value.
 *
 * @throws Failure NAS7621 if the file was made otherwise, NAS7616 if the machine is too busy
 */
export async function measureArchitectures(request: MeasuringRequest): Promise<MeasuringOutcome> {
  const { measured, engine, count, seed, file, signal, onSignalWatch, setting } = request
  const rows = readBefore(request)
  if (rows.length >= count) return { kind: 'finished', rows, dropped: 0 }
  const random = createRandom(seed).stream('measurements')
  const steps = openSteps(engine, { random: random.stream('weights') })
  const clock = openClock(measured, steps, request.batch)
  const draw = openDraws(measured)
  const blocks = openBlocks(request, clock, rows, random, draw)
  request.observe({ type: 'phase-started', phase: measuringPhase, epochs: 1, steps: count })
  let dropped = 0
  try {
    onSignalWatch?.(true)
    while (rows.length < count && signal?.aborted !== true) {
      const block = await blocks.next()
      dropped += block.dropped
      if (block.rows.length === 0) continue
      rows.push(...block.rows)
      write(file, setting, rows, measured)
      tellProgress(request, rows, dropped, blocks.quiet())
    }
  } finally {
    onSignalWatch?.(false)
    steps.dispose()
  }
  return { kind: rows.length < count ? 'interrupted' : 'finished', rows, dropped }
}

interface Blocks {
  /** The next one; without rows, where it was not quiet or the signal came. */
  next(): Promise<{ readonly rows: readonly Measurement[]; readonly dropped: number }>
  /** The least time of the reference network so far. */
  quiet(): number
}

function openBlocks(
  { count, tolerance, signal, file }: MeasuringRequest,
  clock: Clock,
  before: readonly Measurement[],
  random: Random,
  draw: (random: Random) => SelectedOptions,
): Blocks {
  const known = new Set(before.flatMap(({ sample }) => sample ?? []))
  const reference = draw(random.stream('reference'))
  let quiet = Math.min(...before.flatMap((row) => row.reference ?? []))
  let [next, tried] = [0, 0]
  const needed = Math.ceil((count - before.length) / blockSize)
  const lookAtReference = (): number => {
    const time = clock.time('reference', reference)
    quiet = Math.min(quiet, time)
    return time
  }
  const measureOnce = async (samples: readonly number[]): Promise<readonly Measurement[] | undefined> => {
    const first = lookAtReference()
    const measured: Measurement[] = []
    for (const sample of samples) {
      if (signal?.aborted === true) return undefined
      const decisions = draw(random.stream(String(sample)))
      measured.push({ place: file, decisions, value: clock.time(String(sample), decisions), sample })
      await yieldToEventLoop()
    }
    const last = lookAtReference()
    if (Math.max(first, last) > quiet * (1 + tolerance)) return undefined
    return measured.map((row) => ({ ...row, reference: (first + last) / 2 }))
  }
  return {
    quiet: () => quiet,
    async next() {
      if (++tried > mostBlocks * needed + mostBlocks) {
        throw new Failure('machine-too-busy', { file, measured: known.size, count, tolerance: tolerance * 100 })
      }
      const samples: number[] = []
      for (; samples.length < Math.min(blockSize, count - known.size); next++) if (!known.has(next)) samples.push(next)
      for (let dropped = 0; dropped < mostTries; dropped++) {
        const rows = await measureOnce(samples)
        if (signal?.aborted === true) return { rows: [], dropped }
        if (rows === undefined) continue
        for (const sample of samples) known.add(sample)
        return { rows, dropped }
      }
      return { rows: [], dropped: mostTries }
    },
  }
}

function readBefore({ file, measured, setting }: MeasuringRequest): Measurement[] {
  if (!existsSync(file)) return []
  const before = readMeasurements(file, measured)
  requireSameSetting(file, before.setting, setting)
  return [...before.rows]
}

function write(
  file: string,
  setting: MeasurementSetting,
  rows: readonly Measurement[],
  { choices }: MeasuredSpace,
): void {
  onDisk(dirname(file), () => mkdirSync(dirname(file), { recursive: true }))
  writeAtomically(file, [
    printMeasurements(
      { setting, rows },
      choices.explored.map(({ decision }) => decision),
    ),
  ])
}

function tellProgress(
  { count, observe }: MeasuringRequest,
  rows: readonly Measurement[],
  dropped: number,
  reference: number,
): void {
  observe({
    ...{ type: 'phase-progress', phase: measuringPhase, epoch: 0, epochs: 1, step: rows.length, steps: count },
    ...{
      scores: {},
      figures: {
        'milliseconds.mean': mean(rows.map(({ value }) => value)),
        'milliseconds.reference': reference,
        dropped_blocks: dropped,
      },
    },
  })
}
