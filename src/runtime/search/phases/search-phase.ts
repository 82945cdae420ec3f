import { openSupernet } from '../step/supernet.js'
import { trainSupernet } from '../step/train-supernet.js'
import { loopStart } from '../step/loop.js'
import { fittedFor } from './fit-predictor-phase.js'
import type { Phase } from './phase.js'
import { keepWeights } from './weights-files.js'

/** Trains the supernet, and keeps its weights. */
export const searchPhase: Phase<true> = {
  phase: 'search',
  async run({ session, save }, from) {
    const supernet = openSupernet(session, from?.arrays ?? fittedFor(session))
    const { finished, epoch, step } = await trainSupernet(session, supernet, from?.loop ?? loopStart, save)
    if (!finished) return { kind: 'interrupted', epoch, step }
    keepWeights(session.directory, { of: 'supernet' }, supernet.steps.snapshot())
    supernet.steps.dispose()
    return { kind: 'done', result: true }
  },
}
