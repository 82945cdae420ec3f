import type { ScoreComponent } from './score.js'

/** Cross-entropy on one batch. */
export const batchLoss: ScoreComponent = () => ({
  kind: 'evaluated',
  measure: 'loss',
  value: ({ loss }) => loss,
  better: 'lower',
  images: 'batch',
})
