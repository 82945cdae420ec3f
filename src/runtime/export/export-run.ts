import { printArchitecture } from '../../architectures/print-architecture.js'
import { packageVersion } from '../../support/node/package-root.js'
import type { ExportResult, ExportRunOptions } from '../options.js'
import type { RunReader } from '../run/run-directory.js'
import { askRun } from '../search/run/ask-run.js'
import { openNetwork, type Asking, type OpenNetwork } from '../search/run/open-network.js'
import { optional } from '../search/settings/optional.js'
import { testBatches } from '../search/step/session.js'
import { spaceName } from '../search/run/start-run.js'
import type { MeasuredAccuracy, NetworkFacts, TrainedOrigin } from './facts.js'
import { expectedOf, inferenceOf } from './read-network.js'
import { exportResult } from './export-result.js'
import { writeExport } from './write-export.js'

/** Test images on which what is written is tried, where nothing else is said. */
const imagesTried = 1000

/**
 * Writes an architecture with weights of a run for another tool.
 *
 * @throws Failure as `evaluateRun` does where there are no such weights, and as `writeExport` does
 */
export function exportRun(folder: string, options: ExportRunOptions): Promise<ExportResult> {
  const { format, out, weights, architecture, foldsNorms = false, images = imagesTried } = options
  return askRun(folder, options, async (asking) => {
    const network = await openNetwork(asking, {
      ...optional('weights', weights),
      ...optional('architecture', architecture),
    })
    const facts = factsOf(asking, network, foldsNorms)
    const written = await writeExport({
      ...{ format, ...optional('out', out), facts },
      program: inferenceOf(network, network.steps, foldsNorms),
      expected: expectedOf(network, testBatches(network.data), images),
    })
    return exportResult(format, facts, written)
  })
}

function factsOf({ run, search }: Asking, network: OpenNetwork, foldsNorms: boolean): NetworkFacts {
  const { record } = run
  const { architecture, cost, of, data } = network
  const { ir, plan } = search
  const params = of === 'retrained' ? search.standaloneParams : search.params
  const name = network.name ?? 'network'
  const { input, classes } = network.network()
  const accuracy = accuracyOf(run, network)
  return {
    ...{ name, space: spaceName(ir, plan.space), source: record.source, irHash: record.irHash },
    text: printArchitecture(ir, architecture, name, params),
    ...{ input, classes, foldsNorms, version: packageVersion() },
    ...{ parameters: cost.parameters, macs: cost.macs, convention: cost.convention },
    origin: {
      ...{ weights: of, run: record.name, search: record.search, seed: record.seed },
      ...optional('scale', record.scale),
      ...optional('budget', budgetOf(run, network)),
      ...(accuracy !== undefined && { accuracy }),
      data: { name: data.dataset.name, checksums: data.dataset.checksums, normalisation: data.normalisation },
    },
  }
}

/** What the phase that the weights come from was begun with. */
function budgetOf(run: RunReader, { of, name }: OpenNetwork): TrainedOrigin['budget'] {
  const phase = of === 'retrained' ? 'retrain' : 'search'
  const begun = run
    .events()
    .find(
      (event) =>
        event.type === 'phase-started' && event.phase === phase && (of === 'inherited' || event.architecture === name),
    )
  if (begun?.type !== 'phase-started') return undefined
  const { epochs, steps, batch, images } = begun
  return { epochs, steps, ...(batch !== undefined && { batch }), ...optional('images', images) }
}

/** As it stands in the journal: the test images were looked at then, and are not looked at again for a card. */
function accuracyOf(run: RunReader, { of, name }: OpenNetwork): MeasuredAccuracy | undefined {
  const tested = run
    .events()
    .findLast(
      (event) =>
        event.type === 'evaluation' && event.split === 'test' && event.weights === of && event.architecture === name,
    )
  return tested?.type === 'evaluation' ? { accuracy: tested.accuracy, samples: tested.samples } : undefined
}
