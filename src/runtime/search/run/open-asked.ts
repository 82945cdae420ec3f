import { costOf } from '../../../space/cost/index.js'
import { Failure } from '../../../catalogue/failure.js'
import type { EvaluatedWeights, EvaluateOptions } from '../../options.js'
import { createRandom } from '../../random/random.js'
import { openSupernet } from '../phases/inherited.js'
import { openKeptSupernet, requireSupernet } from '../phases/kept-supernet.js'
import { optional } from '../settings/optional.js'
import { buildSupernet } from '../step/supernet.js'
import { openNetwork, type Asking, type OpenNetwork } from './open-network.js'

/** A network of a run, ready to classify: an architecture, or the supernet. */
export interface AskedNetwork extends Omit<OpenNetwork, 'of' | 'architecture' | 'steps'> {
  readonly of: EvaluatedWeights
}

/**
 * The network of a run by the weights and the architecture that it is asked for, as {@link EvaluateOptions} say.
 *
 * @throws Failure NAS7521 if the run has not come to these weights, NAS7645 if it never does, NAS7635 if the search trained no
 *         network as a whole, NAS7523, NAS7527 if it has none for this architecture
 */
export async function openAsked(
  asking: Asking,
  { weights, architecture }: Pick<EvaluateOptions, 'weights' | 'architecture'>,
): Promise<AskedNetwork> {
  if (weights === 'supernet') return openWhole(asking)
  return openNetwork(asking, { ...optional('weights', weights), ...optional('architecture', architecture) })
}

async function openWhole({ run, search, data, engine }: Asking): Promise<AskedNetwork> {
  requireSupernet(run, search.plan)
  if (search.sampler.trains === 'paths')
    throw new Failure('paths-alone', { run: run.path, sampler: search.plan.sample.component })
  const random = createRandom(run.record.seed)
  const steps = openKeptSupernet(run, engine, random)
  const ready = await openSupernet({ search, data, random, steps })
  return { ...ready, of: 'supernet', data, cost: costOf(buildSupernet(search, data)) }
}
