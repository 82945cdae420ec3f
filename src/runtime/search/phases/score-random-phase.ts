import { drawnAtOnce } from '../components/derivations/best.js'
import type { Measurement } from '../measurements/measurements.js'
import type { Session } from '../step/session.js'
import type { Phase } from './phase.js'
import { scoreCandidates, scoresIn } from './score-candidates.js'

const phase = 'score'

/**
 * Scores random architectures with the weights that the supernet has so far, by what the search judges by: what a predictor is
 * fitted to. Each score is an event of the journal.
 */
export function scoreRandomPhase(count: number): Phase<true> {
  return {
    phase,
    async run(context, from) {
      const drawn = drawnAtOnce(count, (ranked) => ranked)
      const outcome = await scoreCandidates(context, phase, drawn, from, 'pretrained')
      return outcome.kind === 'interrupted' ? outcome : { kind: 'done', result: true }
    },
  }
}

/** What the phase came to: the higher a value, the better. */
export function randomScores(session: Session): readonly Measurement[] {
  return scoresIn(session, phase).map(({ decisions, score }, row) => ({
    place: `the journal, architecture ${String(row + 1)} of the phase ${phase}`,
    decisions,
    value: score,
  }))
}
