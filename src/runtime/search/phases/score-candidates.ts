import type { ArchitectureScored } from '../../run/events.js'
import type { Candidate, ScoredCandidate, SearchingDerivation } from '../components/derivations/derivation.js'
import { keyOf } from '../components/derivations/distinct.js'
import { scoredAlike } from '../components/derivations/scored-alike.js'
import type { Score } from '../components/scores/score.js'
import { scoreFor } from '../settings/judging.js'
import { loopStart } from '../step/loop.js'
import type { Session } from '../step/session.js'
import { openCandidates } from './candidates.js'
import { openJudge, type Contestant, type Judge } from './judge.js'
import type { PhaseContext, PhaseOutcome, PhaseStart } from './phase.js'
import type { KeptSupernet } from './weights-files.js'

/** What scoring needs at hand. */
interface Scoring {
  readonly context: PhaseContext
  /** Under which the events speak of it. */
  readonly phase: string
  readonly derivation: SearchingDerivation
  readonly score: Score
  readonly judge: Judge
}

/**
 * Scores what a derivation asks for, round by round, with the weights of the supernet, by training, or by a table of results. Every
 * score is an event of the journal: a run that is resumed reads there what it knows already.
 *
 * @param which supernet
 */
export async function scoreCandidates(
  context: PhaseContext,
  phase: string,
  derivation: SearchingDerivation,
  from?: PhaseStart,
  which: KeptSupernet = 'supernet',
): Promise<PhaseOutcome<readonly ScoredCandidate[]>> {
  const { search, random, control } = context.session
  const known = scoresIn(context.session, phase)
  const candidatesOf = openCandidates(search, derivation)
  const score = scoreFor(derivation, search.plan.score)
  const judge = openJudge(context, score, which, derivation.trainedShare, from)
  const scoring: Scoring = { context, phase, derivation, score, judge }
  const history: (readonly ScoredCandidate[])[] = []
  try {
    for (;;) {
      const round = history.length
      const candidates = derivation.next(history, candidatesOf(random.stream(`${phase}/round/${String(round)}`)))
      if (candidates === undefined) {
        // Nobody is trained on any more.
        judge.beginRound?.(round, [])
        return { kind: 'done', result: derivation.results(history) }
      }
      if (known.length === 0 && round === 0 && from === undefined) {
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
  const contestants = contestantsOf(scoring.derivation, history, candidates)
  // Of a round that is known whole the weights are those of rounds after it.
  if (scored.length < contestants.length) scoring.judge.beginRound?.(history.length, contestants)
  for (const contestant of contestants.slice(scored.length)) {
    const { candidate } = contestant
    if (session.control.signal?.aborted === true) break
    session.control.onSignalWatch?.(true)
    const judgement = await scoring.judge.measure(contestant)
    if (judgement === undefined) break
    const { measured, epochs } = judgement
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
      ...(epochs !== undefined && { epochs }),
      macs: candidate.macs,
      parameters: candidate.parameters,
    })
    const isLong = epochs !== undefined
    if (isLong || scored.length % session.control.progressEvery === 0 || scored.length === candidates.length) {
      recordProgress(scoring, history, scored, candidates.length)
    }
    // What there is to keep stands in the journal: the checkpoint says that it counts.
    save(loopStart, new Map())
  }
  return scored
}

/** Where trainings go on from round to round, each with its place in the round before. */
function contestantsOf(
  { trainedShare }: SearchingDerivation,
  history: readonly (readonly ScoredCandidate[])[],
  candidates: readonly Candidate[],
): readonly Contestant[] {
  const round = history.length
  const last = trainedShare === undefined ? undefined : history.at(-1)?.map(({ selected }) => keyOf(selected))
  return candidates.map((candidate, index) => {
    const before = last?.indexOf(keyOf(candidate.selected)) ?? -1
    return { candidate, round, index, ...(before >= 0 && { before }) }
  })
}

function recordProgress(
  { context, phase, derivation, score }: Scoring,
  history: readonly (readonly ScoredCandidate[])[],
  scored: readonly ScoredCandidate[],
  steps: number,
): void {
  const sign = score.better === 'higher' ? 1 : -1
  const values = scored.map((each) => each.score)
  const best = scoredAlike(derivation, [...history, scored]).reduce((a, b) => (b.score > a.score ? b : a))
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

/** The scores of a phase that the journal has. */
export function scoresIn({ directory }: Session, phase: string): readonly ArchitectureScored[] {
  return directory
    .events()
    .filter((event) => event.type === 'architecture-scored')
    .filter((event) => event.phase === phase)
}

function scoredCandidate({ decisions, score, macs, parameters }: ArchitectureScored): ScoredCandidate {
  return { selected: decisions, score, macs, parameters }
}
