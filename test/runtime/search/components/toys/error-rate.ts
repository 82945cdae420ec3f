import type { ScoreComponent } from '../../../../../src/runtime/search/components/scores/score.js'

/** Share of the validation images that are classified wrongly. */
export const errorRate: ScoreComponent = () => ({
  kind: 'evaluated',
  measure: 'error_rate',
  value: ({ accuracy }) => 1 - accuracy,
  better: 'lower',
})
