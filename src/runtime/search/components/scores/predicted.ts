import type { ScoreComponent } from './score.js'

/** What the predictor of the search says that an architecture scores. */
export const predicted: ScoreComponent = () => ({ kind: 'prediction', measure: 'prediction', better: 'higher' })
