import { bindingOf } from '../../space/architectures/architecture.js'
import { costOf } from '../../space/cost/index.js'
import { buildNetwork } from '../../space/network/build-network.js'
import { printArchitecture } from '../../architectures/print-architecture.js'
import type { Ir } from '../../ir/model/ir.js'
import { packageVersion } from '../../support/node/package-root.js'
import { openEngine } from '../backend/choose.js'
import type { ExportProgramOptions, ExportResult } from '../options.js'
import { createRandom } from '../random/random.js'
import { openStandalone } from '../search/phases/retrain.js'
import type { ReadyNetwork } from '../search/phases/ready-network.js'
import { engineOptions } from '../search/run/engine-options.js'
import { spaceName } from '../search/run/start-run.js'
import { optional } from '../search/settings/optional.js'
import { runStep } from '../training/steps.js'
import { exportResult } from './export-result.js'
import type { NetworkFacts } from './facts.js'
import { inferenceOf } from './read-network.js'
import { tolerances, type Expected } from './verify/compare.js'
import { writeExport } from './write-export.js'

/** Images of noise on which what is written is tried, where nothing else is said. */
const imagesTried = 8

/**
 * Writes an architecture with the first values that a training of this seed begins with, so that another tool may train it.
 *
 * @throws Failure as `writeExport` does
 */
export async function exportProgram(ir: Ir, options: ExportProgramOptions): Promise<ExportResult> {
  const { format, out, architecture, params, name, seed = 0, foldsNorms = false, images = imagesTried } = options
  const binding = bindingOf(architecture)
  const network = buildNetwork(ir, architecture.space, { params, binding, mode: 'standalone' })
  const { input, classes } = network
  const engine = await openEngine(engineOptions(options))
  try {
    const steps = openStandalone(engine, createRandom(seed), undefined)
    const step = steps.prepare('evaluate', () => network, { batch: images, mode: 'evaluate' })
    const ready: ReadyNetwork = { network: () => network, step, inputs: {} }
    const { parameters, macs, convention } = costOf(network)
    const facts: NetworkFacts = {
      ...{ name, space: spaceName(ir, architecture.space), source: ir.source, irHash: ir.hash },
      text: printArchitecture(ir, architecture, name, params),
      ...{ input, classes, parameters, macs, convention, foldsNorms, version: packageVersion() },
      origin: { weights: 'initial', seed },
    }
    const written = await writeExport({
      ...{ format, ...optional('out', out), facts },
      program: inferenceOf(ready, steps, foldsNorms),
      expected: onNoise(ready, images, seed),
    })
    return exportResult(format, facts, written)
  } finally {
    engine.dispose()
  }
}

/** What the network makes of noise: there are no images for what was not trained. */
function onNoise({ network, step }: ReadyNetwork, count: number, seed: number): Expected {
  const { input, classes } = network()
  const draws = createRandom(seed).stream('export/noise')
  const images = Float32Array.from({ length: count * input.height * input.width * input.channels }, () =>
    draws.normal(),
  )
  runStep(step, { images, labels: new Int32Array(count) })
  return {
    sample: { images, count, shape: input, classes },
    logits: step.executable.read('logits').slice(),
    tolerance: tolerances.untrained,
  }
}
