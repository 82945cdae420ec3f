/** A position in a training of `epochs` epochs of `steps` steps each; `epoch` and `step` count from 0. */
export interface TrainingPosition {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
}

/** The last step of a training, whatever the number of steps in an epoch. */
export function lastPosition(epochs: number): TrainingPosition {
  return { epoch: epochs - 1, epochs, step: 0, steps: 1 }
}

/** Steps done before this position. */
export function stepsDone({ epoch, step, steps }: TrainingPosition): number {
  return epoch * steps + step
}
