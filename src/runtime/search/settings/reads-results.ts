import { openDerivation } from '../components/derivations/index.js'
import { openScore } from '../components/scores/index.js'
import type { Probe, Score } from '../components/scores/score.js'
import type { SearchPlan, TrainPlan } from './plan.js'

/** Whether a search judges architectures by what a table says of them: nothing is trained, and there is no supernet. */
export function readsResults({ derive: { rules }, score }: Pick<SearchPlan, 'derive' | 'score'>): boolean {
  const [rule] = rules
  const derivation = rule && openDerivation(rule.by, 'derive')
  return derivation?.kind === 'search' && openScore(derivation.score ?? score, 'score').kind === 'recorded'
}

/** What architectures are judged by: as the derivation says, or else the search. */
export function scoreOf({ derive: { rules }, score }: Pick<SearchPlan, 'derive' | 'score'>): Score {
  const [rule] = rules
  const derivation = rule && openDerivation(rule.by, 'derive')
  return openScore((derivation?.kind === 'search' ? derivation.score : undefined) ?? score, 'score')
}

/** How a classifier is trained for all architectures before they are judged; undefined: the supernet has one. */
export function probeOf(plan: Pick<SearchPlan, 'derive' | 'score'>): Probe | undefined {
  const score = scoreOf(plan)
  return score.kind === 'evaluated' ? score.probe : undefined
}

/** How the weights of a supernet are trained. */
export function weightsPlan({ weights }: Pick<SearchPlan, 'weights'>): TrainPlan<'weights'> {
  if (weights === undefined) throw new Error('a search that trains nothing has no weights')
  return weights
}
