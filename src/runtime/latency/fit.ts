import { existsSync } from 'node:fs'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { openEngine } from '../backend/choose.js'
import { createRandom } from '../random/random.js'
import { fitPredictor } from '../search/measurements/fit-predictor.js'
import type { MeasuredSpace } from '../search/measurements/measured-space.js'
import { readMeasurements } from '../search/measurements/measurements-file.js'
import type { Measurements, MeasurementSetting } from '../search/measurements/measurements.js'
import { requireSameSetting } from '../search/measurements/same-setting.js'
import { splitSamples } from '../search/measurements/samples.js'
import { spaceSetting } from '../search/measurements/setting.js'
import { engineOptions } from '../search/run/engine-options.js'
import { loopStart } from '../search/step/loop.js'
import type { FitLatencyResult, LatencyOptions } from './options.js'
import { needPredictor, openLatencyContext } from './context.js'

/**
 * Fits the predictor of a search to a file of measurements, wherever they come from, and judges it on architectures that are held
 * out. Undefined: it was interrupted; there is nothing to keep.
 *
 * @throws Failure NAS7624 where there is no file, NAS7621 where it is about other networks
 */
export async function fitLatencies(ir: Ir, options: LatencyOptions): Promise<FitLatencyResult | undefined> {
  const { measured, predictor, file } = await openLatencyContext(ir, options)
  const plan = needPredictor(predictor, ir)
  const measurements = file()
  const { rows, setting } = measurementsFor(measured, measurements, options.data !== undefined)
  const random = createRandom(options.seed ?? 0).stream(`predictor/${plan.name}`)
  const split = splitSamples(rows, measured, random, measurements)
  const engine = await openEngine(engineOptions(options))
  try {
    const outcome = await fitPredictor(
      {
        ...{ plan, split, engine, random },
        control: {
          signal: options.signal,
          onSignalWatch: options.onSignalWatch,
          checkpointEvery: Infinity,
          progressEvery: 10,
        },
        record: (event) => options.observe?.(event),
        // A fit takes seconds: it begins anew.
        save: () => undefined,
      },
      loopStart,
    )
    if (outcome.kind === 'interrupted') return undefined
    const pairs = split.heldOut.map(({ value }, index) => ({
      predicted: outcome.predictions[index] ?? NaN,
      measured: value,
    }))
    return { ...outcome.quality, measurements, setting, pairs }
  } finally {
    engine.dispose()
  }
}

/** @param isSized the size of the images was asked for, so that it is not the file's to say */
function measurementsFor(measured: MeasuredSpace, file: string, isSized: boolean): Measurements {
  if (!existsSync(file)) throw new Failure('no-measurements', { file })
  const found = readMeasurements(file, measured)
  const sized = isSized ? measured : { ...measured, input: resolutionOf(found.setting) ?? measured.input }
  requireSameSetting(file, found.setting, spaceSetting(sized))
  return found
}

/** `28x28x1` */
function resolutionOf({ resolution = '' }: MeasurementSetting): MeasuredSpace['input'] | undefined {
  const found = /^(?<height>\d+)x(?<width>\d+)x(?<channels>\d+)$/u.exec(resolution)?.groups
  if (found === undefined) return undefined
  const { height, width, channels } = found
  return { height: Number(height), width: Number(width), channels: Number(channels) }
}
