import type { TrainingPosition } from '../../../training/training-position.js'
import type { ArgumentReader } from '../reader.js'

/** A number that changes while a training goes on. */
export interface Schedule {
  /** Value at a position of the training. */
  at(position: TrainingPosition): number
}

export type ScheduleComponent = (read: ArgumentReader) => Schedule

/**
 * How far the training is, from 0 towards 1. By default it moves once per epoch and never reaches 1, as PyTorch's
 * schedulers do that the papers use; `smooth` moves with every step and reaches 1 in the last one.
 */
export function progress({ epoch, epochs, step, steps }: TrainingPosition, smooth: boolean): number {
  if (!smooth) return epoch / epochs
  const last = epochs * steps - 1
  return last <= 0 ? 0 : (epoch * steps + step) / last
}
