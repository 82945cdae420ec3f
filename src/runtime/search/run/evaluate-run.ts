import { costOf } from '../../../space/cost/index.js'
import { Failure } from '../../../catalogue/failure.js'
import type { EvaluateOptions, EvaluateResult } from '../../options.js'
import { createRandom } from '../../random/random.js'
import { evaluateOn } from '../../training/evaluation.js'
import { evaluateSupernet } from '../phases/inherited.js'
import { openKeptSupernet, requireSupernet } from '../phases/kept-supernet.js'
import { askRun } from './ask-run.js'
import { openNetwork, type Asking } from './open-network.js'
import { optional } from '../settings/optional.js'
import { evaluationBatch, testBatches } from '../step/session.js'
import { buildSupernet } from '../step/supernet.js'

/**
 * Accuracy on the test images with the weights of a run: of the retrained network, of any architecture of the space with
 * the weights of the supernet, or of the supernet itself. Changes nothing in the run directory.
 *
 * @throws Failure NAS7521 if the run has not come to these weights, NAS7645 if it never does, NAS7635 if the search trained no
 *         network as a whole, NAS7523, NAS7527, NAS7528 if it has none for this architecture or the data do not fit
 */
export function evaluateRun(folder: string, options: EvaluateOptions): Promise<EvaluateResult> {
  const { weights, architecture } = options
  return askRun(folder, options, async (asking) => {
    const run = asking.run.path
    if (weights === 'supernet') return evaluateWhole(asking)
    const network = await openNetwork(asking, {
      ...optional('weights', weights),
      ...optional('architecture', architecture),
    })
    const score = await evaluateOn(network.step, testBatches(network.data), evaluationBatch, network.inputs)
    const { parameters, macs } = network.cost
    return { run, weights: network.of, ...score, parameters, macs }
  })
}

async function evaluateWhole({ run, search, data, engine }: Asking): Promise<EvaluateResult> {
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
