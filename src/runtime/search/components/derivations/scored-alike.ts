import type { ScoredCandidate, SearchingDerivation } from './derivation.js'

/** The candidates whose scores can be compared: where trainings grow longer from round to round, those of the last. */
export function scoredAlike(
  { trainedShare }: Pick<SearchingDerivation, 'trainedShare'>,
  history: readonly (readonly ScoredCandidate[])[],
): readonly ScoredCandidate[] {
  return trainedShare === undefined ? history.flat() : (history.at(-1) ?? [])
}
