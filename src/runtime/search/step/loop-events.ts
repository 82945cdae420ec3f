import type { OfPhase, PhaseEpoch } from '../../run/events.js'
import type { TrainingPosition } from '../../training/training-position.js'
import type { Loop } from './loop.js'
import type { Session } from './session.js'
import { scoresOf, type Tallies } from './tally.js'

/** What a phase tells beside its scores; where decisions stand, at the ends of epochs alone. */
export type LoopFigures = Pick<PhaseEpoch, 'figures' | 'probabilities'>

/** The events of a training loop: the same of every phase that trains. */
export function loopEvents(
  session: Session,
  of: OfPhase,
  figuresAt: (at: TrainingPosition, tallies: Tallies) => LoopFigures,
): Pick<Loop, 'progress' | 'endOfEpoch'> {
  return {
    progress(position, tallies, throughput) {
      const { epoch, epochs, step, steps } = position
      const { figures } = figuresAt(position, tallies)
      const place = { epoch, epochs, step: step + 1, steps }
      session.record({ type: 'phase-progress', ...of, ...place, scores: scoresOf(tallies), figures, ...throughput })
    },
    endOfEpoch(position, tallies, { imagesPerSecond }) {
      const { epoch, epochs } = position
      const more = figuresAt(position, tallies)
      session.record({ type: 'phase-epoch', ...of, epoch, epochs, scores: scoresOf(tallies), ...more, imagesPerSecond })
    },
  }
}
