import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { diskFiles } from '../../support/node/disk-files.js'
import { openEngine } from '../backend/choose.js'
import { createRandom } from '../random/random.js'
import { readNamed } from '../search/components/named-file.js'
import { fitPredictor } from '../search/measurements/fit-predictor.js'
import { givenMeasurements } from '../search/measurements/given-measurements.js'
import { splitSamples } from '../search/measurements/samples.js'
import { engineOptions } from '../search/run/engine-options.js'
import { loopStart } from '../search/step/loop.js'
import type { FitLatencyResult, LatencyOptions } from './options.js'
import { needPredictor, openLatencyContext } from './context.js'

/**
 * Fits the predictor of a search to a file of measurements, wherever they come from, and judges it on architectures that are held
 * out. Undefined: it was interrupted; there is nothing to keep.
 *
 * @throws Failure NAS7624 where there is no file, and as `givenMeasurements`
 */
export async function fitLatencies(ir: Ir, options: LatencyOptions): Promise<FitLatencyResult | undefined> {
  const { measured, predictor, file } = await openLatencyContext(ir, options)
  const plan = needPredictor(predictor, ir)
  const measurements = file()
  const text = readNamed(diskFiles, measurements)
  if (text === undefined) throw new Failure('no-measurements', { file: measurements })
  // Without images that are asked for, their size is the file's to say.
  const images = options.data === undefined ? undefined : measured
  const { rows, setting } = givenMeasurements({ text, file: measurements }, measured, images)
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
