import type { Ir } from '../../ir/model/ir.js'
import { openEngine } from '../backend/choose.js'
import { measureArchitectures } from '../search/measurements/measure.js'
import { settingOf } from '../search/measurements/setting.js'
import { engineOptions } from '../search/run/engine-options.js'
import { measuredArchitectures } from '../search/components/settings/measure.js'
import type { SampleLatencyOptions, SampleLatencyResult } from './options.js'
import { openLatencyContext } from './context.js'

/**
 * Measures random architectures on a backend of this machine into a file, or goes on with one.
 *
 * @throws Failure NAS7621 if the file was made otherwise, NAS7616 if the machine is too busy
 */
export async function sampleLatencies(ir: Ir, options: SampleLatencyOptions): Promise<SampleLatencyResult> {
  const { measured, predictor, file } = await openLatencyContext(ir, options)
  const { seed = 0, batch = 1, tolerance = 0.1, signal, onSignalWatch, observe } = options
  const count = options.count ?? predictor?.settings.measure ?? measuredArchitectures
  const measurements = file()
  const engine = await openEngine(engineOptions(options))
  try {
    const setting = { ...settingOf(measured, engine, { batch }), seed: String(seed) }
    const { kind, rows, dropped } = await measureArchitectures({
      ...{ measured, engine, setting, batch, count, seed, tolerance, file: measurements, signal, onSignalWatch },
      observe: (event) => observe?.(event),
    })
    return { kind, measurements, architectures: rows.length, of: count, droppedBlocks: dropped, setting }
  } finally {
    engine.dispose()
  }
}
