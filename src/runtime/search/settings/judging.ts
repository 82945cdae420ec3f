import type { SearchingDerivation } from '../components/derivations/derivation.js'
import { openDerivation } from '../components/derivations/index.js'
import { openScore } from '../components/scores/index.js'
import type { Probe, Score } from '../components/scores/score.js'
import type { SearchPlan, TrainPlan } from './plan.js'

type Judged = Pick<SearchPlan, 'derive' | 'score'>

/** What a search that scores architectures scores them by; undefined: it reads its result off the choices. */
export function judgeOf(plan: Judged): Score | undefined {
  const [rule] = plan.derive.rules
  const derivation = rule && openDerivation(rule.by, 'derive')
  return derivation?.kind === 'search' ? scoreOf(plan) : undefined
}

/** Whether a search judges architectures by what a table says of them: nothing is trained before. */
export function readsResults(plan: Judged): boolean {
  return judgeOf(plan)?.kind === 'recorded'
}

/** Whether a search trains weights that architectures share. */
export function hasSupernet(plan: Judged): boolean {
  const judge = judgeOf(plan)
  return judge === undefined || judge.kind === 'evaluated' || judge.kind === 'prediction'
}

/** What architectures are judged by: as the derivation says, or else the search. */
export function scoreOf({ derive: { rules }, score }: Judged): Score {
  const [rule] = rules
  const derivation = rule && openDerivation(rule.by, 'derive')
  return derivation?.kind === 'search' ? scoreFor(derivation, score) : openScore(score, 'score')
}

/** What a derivation has architectures judged by: as it says itself, or else as the search does. */
export function scoreFor(derivation: SearchingDerivation, score: SearchPlan['score']): Score {
  return derivation.score === undefined ? openScore(score, 'score') : openScore(derivation.score, 'derive')
}

/** How a classifier is trained for all architectures before they are judged; undefined: the supernet has one. */
export function probeOf(plan: Judged): Probe | undefined {
  const score = scoreOf(plan)
  return score.kind === 'evaluated' ? score.probe : undefined
}

/** How the weights of a supernet, or of each architecture by itself, are trained. */
export function weightsPlan({ weights }: Pick<SearchPlan, 'weights'>): TrainPlan<'weights'> {
  if (weights === undefined) throw new Error('a search that trains nothing has no weights')
  return weights
}
