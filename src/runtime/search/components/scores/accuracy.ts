import type { ScoreComponent } from './score.js'

/** Share of the validation images that are classified rightly. */
export const accuracy: ScoreComponent = () => ({
  kind: 'evaluated',
  measure: 'accuracy',
  value: (evaluation) => evaluation.accuracy,
  better: 'higher',
})
