import { Failure } from '../../../catalogue/failure.js'
import { someOf } from '../../../support/format-quantity.js'
import { openEngine } from '../../backend/choose.js'
import type { ComputeOptions, EvaluateOptions } from '../../options.js'
import { readRun, type RunReader } from '../../run/run-directory.js'
import type { SessionData } from '../step/session.js'
import { engineOptions } from './engine-options.js'
import type { Asking } from './open-network.js'
import { recordedBackend, reopen } from './resume-run.js'

/**
 * Opens a run to be asked, and frees its engine after that.
 *
 * @throws Failure NAS7136, NAS7528 if the data do not fit
 */
export async function askRun<Result>(
  folder: string,
  options: ComputeOptions & Pick<EvaluateOptions, 'data' | 'skipCorrupt'>,
  ask: (asking: Asking) => Promise<Result>,
): Promise<Result> {
  const run = readRun(folder)
  const { search, data } = await reopen(run, options)
  requireSameShape(run, data)
  requireSameClasses(run, data)
  const engine = await openEngine(engineOptions({ backend: recordedBackend(run), ...options }))
  try {
    return await ask({ run, search, data, engine })
  } finally {
    engine.dispose()
  }
}

function requireSameShape(run: RunReader, { dataset }: SessionData): void {
  const { height, width, channels, classes } = run.record.data
  const same =
    dataset.height === height && dataset.width === width && dataset.channels === channels && dataset.classes === classes
  if (same) return
  const print = (shape: { height: number; width: number; channels: number; classes: number }): string =>
    `${String(shape.height)}x${String(shape.width)}x${String(shape.channels)} in ${String(shape.classes)} classes`
  throw new Failure('other-images', {
    run: run.path,
    recorded: print(run.record.data),
    data: dataset.name,
    found: print(dataset),
  })
}

/** Where both have names of classes. */
function requireSameClasses(run: RunReader, { dataset }: SessionData): void {
  const { classNames: recorded } = run.record.data
  const { classNames: found, name } = dataset
  if (recorded === undefined || found === undefined) return
  const label = recorded.findIndex((each, index) => each !== found[index])
  if (label < 0) return
  throw new Failure('other-classes', {
    ...{ run: run.path, recorded: someOf(recorded), data: name, label },
    ...{ found: found[label] ?? '', expected: recorded[label] ?? '' },
  })
}
