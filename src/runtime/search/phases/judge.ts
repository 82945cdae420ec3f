import { diskFiles } from '../../../support/node/disk-files.js'
import type { Figures } from '../../run/events.js'
import type { Candidate } from '../components/derivations/derivation.js'
import type { EvaluatedScore, RecordedScore, Score } from '../components/scores/score.js'
import { architectureFrom } from '../step/architecture-from.js'
import { validationBatches } from '../step/session.js'
import { evaluateInherited } from './inherited.js'
import { openKeptSupernet } from './kept-supernet.js'
import type { PhaseContext, PhaseStart } from './phase.js'
import { openRecordedResults } from './recorded-results.js'
import { trainedJudge } from './trained-judge.js'
import type { KeptSupernet } from './weights-files.js'

/** Gives what is measured of an architecture, the score among it. */
export interface Judge {
  /** @returns undefined if the run was stopped while it was judged */
  measure(contestant: Contestant): Promise<Judgement | undefined>
  /** Told before the candidates of a round are judged. */
  beginRound?(round: number, contestants: readonly Contestant[]): void
  dispose(): void
}

export interface Contestant {
  readonly candidate: Candidate
  readonly round: number
  /** Its place in the round. */
  readonly index: number
  /** Its place in the round before, where trainings go on from round to round. */
  readonly before?: number
}

export interface Judgement {
  readonly measured: Figures
  /** After which it was judged; absent: it was not trained by itself. */
  readonly epochs?: number
}

/**
 * @param which supernet, where the score reads its weights
 * @param share of a whole training that candidates of a round have
 * @param from where a checkpoint left the candidate that is judged first
 */
export function openJudge(
  context: PhaseContext,
  score: Score,
  which: KeptSupernet,
  share: ((round: number) => number) | undefined,
  from: PhaseStart | undefined,
): Judge {
  switch (score.kind) {
    case 'recorded':
      return recordedJudge(context, score)
    case 'evaluated':
      return inheritedJudge(context, score, which)
    case 'standalone':
      return trainedJudge(context, score, share, from)
    case 'prediction':
      throw new Error('what is predicted ranks networks of a step alone')
  }
}

function recordedJudge({ session }: PhaseContext, score: RecordedScore): Judge {
  const results = openRecordedResults(session.search, score, diskFiles)
  return {
    measure: ({ candidate }) => Promise.resolve({ measured: { [score.measure]: results(candidate.selected) } }),
    dispose: () => undefined,
  }
}

function inheritedJudge({ session }: PhaseContext, score: EvaluatedScore, which: KeptSupernet): Judge {
  const { search, data, random, engine, directory } = session
  const steps = openKeptSupernet(directory, engine, random, which)
  return {
    async measure({ candidate }) {
      const evaluation = await evaluateInherited({
        ...{ search, data, random, steps },
        architecture: architectureFrom(search, candidate.selected),
        images: validationBatches(data, score.images === 'batch' ? search.plan.settings.batch : undefined),
      })
      const { accuracy, loss } = evaluation
      return { measured: { accuracy, loss, [score.measure]: score.value(evaluation) } }
    },
    dispose: () => {
      steps.dispose()
    },
  }
}
