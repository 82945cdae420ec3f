import { stepsDone } from '../../../training/training-position.js'
import type { Schedule } from './schedule.js'

/** How a learning rate begins. Absent: as its schedule says. */
export interface Warmup {
  /** How long, in epochs. */
  readonly epochs: number
  /** The share of the schedule that the first step takes. */
  readonly from: number
}

/** A schedule times a factor that rises with every step, on a straight line, to 1 after so many epochs (Goyal et al. 2017). */
export function warmedUp(schedule: Schedule, warmup: Warmup): Schedule {
  const { epochs, from } = warmup
  if (epochs === 0) return schedule
  return {
    at(position) {
      const share = Math.min(1, stepsDone(position) / (epochs * position.steps))
      return schedule.at(position) * (from + (1 - from) * share)
    },
  }
}
