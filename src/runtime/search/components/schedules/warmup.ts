import { stepsDone } from '../../../training/training-position.js'
import type { ArgumentReader } from '../reader.js'
import type { Schedule } from './schedule.js'

/** How a learning rate begins. Absent: as its schedule says. */
export interface Warmup {
  /** How long, in epochs. */
  readonly epochs: number
  /** The share of the schedule that the first step takes. */
  readonly from: number
}

/** The arguments of the setting `warmup`. */
export function readWarmup(read: ArgumentReader): Warmup {
  return {
    epochs: read.number('epochs', { least: 0 }),
    from: read.has('from') ? read.number('from', { least: 0, most: 1 }) : 0.001,
  }
}

/** A schedule times a factor that rises with every step, on a straight line, to 1 after so many epochs (Goyal et al. 2017). */
export function warmedUp(schedule: Schedule, warmup: Warmup | undefined): Schedule {
  if (warmup === undefined || warmup.epochs === 0) return schedule
  const { epochs, from } = warmup
  return {
    at(position) {
      const share = Math.min(1, stepsDone(position) / (epochs * position.steps))
      return schedule.at(position) * (from + (1 - from) * share)
    },
  }
}
