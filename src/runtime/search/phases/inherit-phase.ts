import { readRun } from '../../run/run-directory.js'
import type { InheritPlan } from '../settings/plan.js'
import type { Phase } from './phase.js'
import { keepWeights, loadWeights } from './weights-files.js'

/** Takes over the supernet that another run has trained: from here on the run needs nothing of that one. */
export function inheritPhase({ run }: InheritPlan): Phase<true> {
  return {
    phase: 'inherit',
    run({ session }) {
      keepWeights(session.directory, { of: 'supernet' }, loadWeights(readRun(run), { of: 'supernet' }))
      return Promise.resolve({ kind: 'done', result: true })
    },
  }
}
