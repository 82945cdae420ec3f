/** A position in a training of `epochs` epochs of `steps` steps each; `epoch` and `step` count from 0. */
export interface TrainingPosition {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
}

/** Steps done before this position. */
export function stepsDone({ epoch, step, steps }: TrainingPosition): number {
  return epoch * steps + step
}
