import type { ScoreComponent } from './score.js'

/** Cross-entropy on one batch. */
export const batchLoss: ScoreComponent = () => ({ measure: 'loss', better: 'lower', images: 'batch' })
