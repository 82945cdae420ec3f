import type { EvaluateOptions, EvaluateResult } from '../../options.js'
import { evaluateOn } from '../../training/evaluation.js'
import { evaluationBatch, testBatches } from '../step/session.js'
import { askRun } from './ask-run.js'
import { openAsked } from './open-asked.js'

/**
 * Accuracy on the test images with the weights of a run: of the retrained network, of any architecture of the space with
 * the weights of the supernet, or of the supernet itself. Changes nothing in the run directory.
 *
 * @throws Failure as `openAsked` does; NAS7528 if the data do not fit
 */
export function evaluateRun(folder: string, options: EvaluateOptions): Promise<EvaluateResult> {
  return askRun(folder, options, async (asking) => {
    const { step, data, inputs, of, cost } = await openAsked(asking, options)
    const score = await evaluateOn(step, testBatches(data), evaluationBatch, inputs)
    const { accuracy, loss, samples } = score
    const { parameters, macs } = cost
    return { run: asking.run.path, weights: of, accuracy, loss, samples, parameters, macs }
  })
}
