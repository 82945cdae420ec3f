import type { ScoreComponent } from './score.js'

/** Accuracy on the validation images of a network that is trained from scratch, for so many epochs. */
export const trained: ScoreComponent = (read) => ({
  ...{ kind: 'standalone', measure: 'accuracy', better: 'higher' },
  epochs: read.number('epochs', { least: 1, integer: true }),
  value: (evaluation) => evaluation.accuracy,
})
