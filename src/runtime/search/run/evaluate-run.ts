import { type Architecture } from '../../../space/architectures/architecture.js'
import { architectureOf } from '../../../architectures/index.js'
import { bindingOf } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import { costOf } from '../../../space/cost/index.js'
import { Failure } from '../../../catalogue/failure.js'
import { openEngine } from '../../backend/choose.js'
import type { Engine } from '../../backend/engine/engine.js'
import type { EvaluateOptions, EvaluateResult } from '../../options.js'
import { createRandom } from '../../random/random.js'
import { readRun, type RunReader } from '../../run/run-directory.js'
import { openSteps } from '../../training/steps.js'
import { architectureFrom } from '../step/architecture-from.js'
import { engineOptions } from './engine-options.js'
import { evaluateInherited, evaluateSupernet } from '../phases/inherited.js'
import { openKeptSupernet, requireSupernet } from '../phases/kept-supernet.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import type { RetrainPlan } from '../settings/plan.js'
import { recordedBackend, reopen } from './resume-run.js'
import { evaluateStandalone, standaloneNetwork } from '../phases/retrain.js'
import { dataShape, testBatches } from '../step/session.js'
import { buildSupernet } from '../step/supernet.js'
import { hasWeights, loadWeights } from '../phases/weights-files.js'

type Reopened = Awaited<ReturnType<typeof reopen>>

/**
 * Accuracy on the test images with the weights of a run: of the retrained network, of any architecture of the space with
 * the weights of the supernet, or of the supernet itself. Changes nothing in the run directory.
 *
 * @throws Failure NAS7521 if the run has not come to these weights, NAS7645 if it never does, NAS7635 if the search trained no
 *         network as a whole, NAS7523, NAS7527, NAS7528 if it has none for this architecture or the data do not fit
 */
export async function evaluateRun(folder: string, options: EvaluateOptions): Promise<EvaluateResult> {
  const run = readRun(folder)
  const opened = await reopen(run, options.data)
  requireSameShape(run, opened)
  const engine = await openEngine(engineOptions({ backend: recordedBackend(run), ...options }))
  try {
    if (options.weights === 'supernet') return await evaluateWhole(run, opened, engine)
    const asked = askedFor(run, opened.search, options.architecture)
    const wasTrained = asked.name !== undefined && hasWeights(run, { of: 'retrained', architecture: asked.name })
    return (options.weights ?? (wasTrained ? 'retrained' : 'inherited')) === 'retrained'
      ? await evaluateRetrained(run, opened, engine, asked)
      : await evaluateWithSupernet(run, opened, engine, asked)
  } finally {
    engine.dispose()
  }
}

interface Asked {
  readonly architecture: Architecture
  /** Of what the run derived; absent: it comes from elsewhere. */
  readonly name?: string
}

/** What the run derived is known from the journal, where the search wrote it. */
function askedFor(run: RunReader, search: ResolvedSearch, asked: string | Architecture | undefined): Asked {
  if (typeof asked === 'object') return { architecture: asked }
  const derived = run.events().filter((event) => event.type === 'architecture-derived')
  const found = asked === undefined ? derived[0] : derived.find(({ name }) => name === asked)
  if (found !== undefined) return { name: found.name, architecture: architectureFrom(search, found.decisions) }
  if (asked !== undefined && derived.length > 0) {
    return { architecture: architectureOf(search.ir, asked, search.params) }
  }
  throw new Failure('nothing-to-evaluate', { run: run.path, what: 'not derived an architecture' })
}

async function evaluateRetrained(
  run: RunReader,
  { search, data }: Reopened,
  engine: Engine,
  { name, architecture }: Asked,
): Promise<EvaluateResult> {
  if (name === undefined) throw new Failure('other-architecture', { run: run.path })
  const retrain: RetrainPlan = search.plan.retrain ?? noRetraining(run)
  const stored = loadWeights(run, { of: 'retrained', architecture: name })
  const steps = openSteps(engine, { random: createRandom(run.record.seed), stored })
  const score = await evaluateStandalone(search, retrain, architecture, data, steps)
  const { parameters, macs } = costOf(standaloneNetwork(search, retrain, architecture, data, false))
  return { run: run.path, weights: 'retrained', ...score, parameters, macs }
}

async function evaluateWithSupernet(
  run: RunReader,
  { search, data }: Reopened,
  engine: Engine,
  { architecture }: Asked,
): Promise<EvaluateResult> {
  const { ir, plan, params } = search
  requireSupernet(run, plan)
  const random = createRandom(run.record.seed)
  const steps = openKeptSupernet(run, engine, random)
  const score = await evaluateInherited({ search, data, random, steps, architecture, images: testBatches(data) })
  const binding = bindingOf(architecture)
  const network = buildNetwork(ir, plan.space, { params, binding, mode: 'standalone', ...dataShape(data) })
  const { parameters, macs } = costOf(network)
  const { accuracy, loss, samples } = score
  return { run: run.path, weights: 'inherited', accuracy, loss, samples, parameters, macs }
}

async function evaluateWhole(run: RunReader, { search, data }: Reopened, engine: Engine): Promise<EvaluateResult> {
  requireSupernet(run, search.plan)
  if (search.sampler.trains === 'paths')
    throw new Failure('paths-alone', { run: run.path, sampler: search.plan.sample.component })
  const random = createRandom(run.record.seed)
  const steps = openKeptSupernet(run, engine, random)
  const score = await evaluateSupernet({ search, data, random, steps, images: testBatches(data) })
  const { parameters, macs } = costOf(buildSupernet(search, data))
  const { accuracy, loss, samples } = score
  return { run: run.path, weights: 'supernet', accuracy, loss, samples, parameters, macs }
}

function requireSameShape(run: RunReader, { data: { dataset } }: Reopened): void {
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

function noRetraining(run: RunReader): never {
  throw new Failure('no-retraining', { run: run.path })
}
