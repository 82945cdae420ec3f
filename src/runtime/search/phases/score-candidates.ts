import type { ArchitectureScored, Figures } from '../../run/events.js'
import type {
  Candidate,
  ScoredCandidate,
  SearchingDerivation,
  SelectedOptions,
} from '../components/derivations/derivation.js'
import { openScore } from '../components/scores/index.js'
import type { Score } from '../components/scores/score.js'
import { loopStart } from '../step/loop.js'
import { validationBatches, type Session } from '../step/session.js'
import { architectureFrom } from '../step/architecture-from.js'
import { openCandidates } from './candidates.js'
import { evaluateInherited } from './inherited.js'
import { openKeptSupernet } from './kept-supernet.js'
import type { PhaseOutcome, PhaseContext } from './phase.js'
import { openRecordedResults } from './recorded-results.js'

/** What scoring needs at hand. */
interface Scoring {
  readonly context: PhaseContext
  /** Under which the events speak of it. */
  readonly phase: string
  readonly derivation: SearchingDerivation
  readonly score: Score
  readonly judge: Judge
}

/** Gives what is measured of an architecture, the score among it. */
interface Judge {
  measure(selected: SelectedOptions): Promise<Figures>
  dispose(): void
}

/**
 * Scores what a derivation asks for, round by round, with the weights of the supernet or by a table of results. Every score
 * is an event of the journal: a run that is resumed reads there what it knows already.
 */
export async function scoreCandidates(
  context: PhaseContext,
  phase: string,
  derivation: SearchingDerivation,
): Promise<PhaseOutcome<readonly ScoredCandidate[]>> {
  const { search, random, control } = context.session
  const known = scoresIn(context.session, phase)
  const candidatesOf = openCandidates(search, derivation)
  const score = openScore(derivation.score ?? search.plan.score, 'score')
  const judge = openJudge(context.session, score)
  const scoring: Scoring = { context, phase, derivation, score, judge }
  const history: (readonly ScoredCandidate[])[] = []
  try {
    for (;;) {
      const round = history.length
      const candidates = derivation.next(history, candidatesOf(random.stream(`${phase}/round/${String(round)}`)))
      if (candidates === undefined) return { kind: 'done', result: derivation.results(history) }
      if (known.length === 0 && round === 0) {
        context.session.record({ type: 'phase-started', phase, epochs: derivation.rounds, steps: candidates.length })
      }
      const before = known.filter((event) => event.round === round).map(scoredCandidate)
      const scored = await scoreRound(scoring, history, candidates, before)
      if (scored.length < candidates.length) return { kind: 'interrupted', epoch: round, step: scored.length }
      history.push(scored)
    }
  } finally {
    control.onSignalWatch?.(false)
    judge.dispose()
  }
}

/** @returns those of the round that have scores: fewer than there are, if the run was stopped */
async function scoreRound(
  scoring: Scoring,
  history: readonly (readonly ScoredCandidate[])[],
  candidates: readonly Candidate[],
  before: readonly ScoredCandidate[],
): Promise<readonly ScoredCandidate[]> {
  const { session, save } = scoring.context
  const scored = [...before]
  for (const candidate of candidates.slice(scored.length)) {
    if (session.control.signal?.aborted === true) break
    session.control.onSignalWatch?.(true)
    const measured = await scoring.judge.measure(candidate.selected)
    const value = measured[scoring.score.measure] ?? NaN
    const score = scoring.score.better === 'higher' ? value : -value
    scored.push({ ...candidate, score })
    session.record({
      type: 'architecture-scored',
      phase: scoring.phase,
      round: history.length,
      decisions: candidate.selected,
      score,
      scores: measured,
      macs: candidate.macs,
      parameters: candidate.parameters,
    })
    if (scored.length % session.control.progressEvery === 0 || scored.length === candidates.length) {
      recordProgress(scoring, history, scored, candidates.length)
    }
    // What there is to keep stands in the journal: the checkpoint says that it counts.
    save(loopStart, new Map())
  }
  return scored
}

function openJudge({ search, data, random, engine, directory }: Session, score: Score): Judge {
  if (score.kind === 'recorded') {
    const results = openRecordedResults(search, score)
    return { measure: (selected) => Promise.resolve({ [score.measure]: results(selected) }), dispose: () => undefined }
  }
  const steps = openKeptSupernet(directory, engine, random)
  return {
    async measure(selected) {
      const evaluation = await evaluateInherited({
        ...{ search, data, random, steps },
        architecture: architectureFrom(search, selected),
        images: validationBatches(data, score.images === 'batch' ? search.plan.settings.batch : undefined),
      })
      const { accuracy, loss } = evaluation
      return { accuracy, loss, [score.measure]: score.value(evaluation) }
    },
    dispose: () => {
      steps.dispose()
    },
  }
}

function recordProgress(
  { context, phase, derivation, score }: Scoring,
  history: readonly (readonly ScoredCandidate[])[],
  scored: readonly ScoredCandidate[],
  steps: number,
): void {
  const sign = score.better === 'higher' ? 1 : -1
  const values = scored.map((each) => each.score)
  const best = [...history, scored].flat().reduce((a, b) => (b.score > a.score ? b : a))
  context.session.record({
    type: 'phase-progress',
    phase,
    epoch: history.length,
    epochs: derivation.rounds,
    step: scored.length,
    steps,
    scores: {
      [`${score.measure}.best`]: sign * best.score,
      [`${score.measure}.round`]: (sign * values.reduce((sum, value) => sum + value, 0)) / values.length,
    },
    figures: { 'macs.best': best.macs },
  })
}

function scoresIn({ directory }: Session, phase: string): readonly ArchitectureScored[] {
  return directory
    .events()
    .filter((event) => event.type === 'architecture-scored')
    .filter((event) => event.phase === phase)
}

function scoredCandidate({ decisions, score, macs, parameters }: ArchitectureScored): ScoredCandidate {
  return { selected: decisions, score, macs, parameters }
}
