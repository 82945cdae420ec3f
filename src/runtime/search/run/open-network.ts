import { architectureOf } from '../../../architectures/index.js'
import { costOf, type Cost } from '../../../space/cost/index.js'
import { bindingOf, type Architecture } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Engine } from '../../backend/engine/engine.js'
import { createRandom } from '../../random/random.js'
import type { RunReader } from '../../run/run-directory.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { openInherited } from '../phases/inherited.js'
import { openKeptSupernet, requireSupernet } from '../phases/kept-supernet.js'
import type { ReadyNetwork } from '../phases/ready-network.js'
import { openTrained, standaloneNetwork } from '../phases/retrain.js'
import { loadWeights } from '../phases/weights-files.js'
import { optional } from '../settings/optional.js'
import type { RetrainPlan } from '../settings/plan.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { dataShape, retrainedOn, type SessionData } from '../step/session.js'
import { derivedOfRun, type DerivedOfRun } from './derived-of-run.js'

/** A run that is open to be asked. */
export interface Asking {
  readonly run: RunReader
  readonly search: ResolvedSearch
  readonly data: SessionData
  readonly engine: Engine
}

/** An architecture with weights of a run, ready to classify. */
export interface OpenNetwork extends ReadyNetwork {
  readonly of: 'retrained' | 'inherited'
  readonly architecture: Architecture
  /** Under which the run derived it; absent: it comes from elsewhere. */
  readonly name?: string
  /** Data as the network is fed with them. */
  readonly data: SessionData
  readonly steps: StepCache
  readonly cost: Cost
}

/**
 * The network that is asked for: without a wish for weights the one that was trained from scratch, or the derived one with the
 * weights of the supernet where the run has not come to that.
 *
 * @throws Failure NAS7521 if the run has not come to these weights, NAS7645 if it never does, NAS7523, NAS7527 if it has none
 *         for this architecture
 */
export function openNetwork(
  asking: Asking,
  { architecture, weights }: { readonly architecture?: string | Architecture; readonly weights?: OpenNetwork['of'] },
): Promise<OpenNetwork> {
  const asked = askedFor(asking, architecture)
  return (weights ?? (asked.isRetrained === true ? 'retrained' : 'inherited')) === 'retrained'
    ? Promise.resolve(openRetrained(asking, asked))
    : openFromSupernet(asking, asked)
}

/** One that the run derived, or one from elsewhere. */
type Asked = Pick<DerivedOfRun, 'architecture'> & Partial<DerivedOfRun>

function askedFor({ run, search }: Asking, asked: string | Architecture | undefined): Asked {
  if (typeof asked === 'object') return { architecture: asked }
  const derived = derivedOfRun(run, search.plan)
  const found = asked === undefined ? derived[0] : derived.find(({ name }) => name === asked)
  if (found !== undefined) return found
  if (asked !== undefined && derived.length > 0) {
    return { architecture: architectureOf(search.ir, asked, search.params) }
  }
  throw new Failure('nothing-to-evaluate', { run: run.path, what: 'not derived an architecture' })
}

function openRetrained({ run, search, data, engine }: Asking, { name, architecture }: Asked): OpenNetwork {
  if (name === undefined) throw new Failure('other-architecture', { run: run.path })
  const retrain: RetrainPlan = search.plan.retrain ?? noRetraining(run)
  const stored = loadWeights(run, { of: 'retrained', architecture: name })
  const steps = openSteps(engine, { random: createRandom(run.record.seed), stored })
  return {
    ...openTrained(search, retrain, architecture, data, steps),
    ...{ of: 'retrained', name, architecture, steps, data: retrainedOn(data, retrain) },
    cost: costOf(standaloneNetwork(search, retrain, architecture, data, false)),
  }
}

async function openFromSupernet(asking: Asking, asked: Asked): Promise<OpenNetwork> {
  const { run, search, data, engine } = asking
  const { ir, plan, params } = search
  requireSupernet(run, plan)
  const random = createRandom(run.record.seed)
  const steps = openKeptSupernet(run, engine, random)
  const ready = await openInherited({ search, data, random, steps, architecture: asked.architecture })
  const binding = bindingOf(asked.architecture)
  const network = buildNetwork(ir, plan.space, { params, binding, mode: 'standalone', ...dataShape(data) })
  const { name, architecture } = asked
  return { ...ready, ...optional('name', name), architecture, of: 'inherited', steps, data, cost: costOf(network) }
}

function noRetraining(run: RunReader): never {
  throw new Failure('no-retraining', { run: run.path })
}
