import type { TrainingPosition } from '../../training/training-position.js'
import type { VariableUpdate } from './update.js'

/** Which of several updates runs in a step. */
export interface Rhythm {
  /** In an epoch. */
  readonly steps: number
  /** Images per step, in the mean. */
  readonly images: number
  /** The updates of a step, in order, each with where it stands itself. */
  turns(at: TrainingPosition): readonly Turn[]
  /** Where an update stands at a position: where it was last, or where it begins. */
  placeOf(update: VariableUpdate, at: TrainingPosition): TrainingPosition
}

export interface Turn {
  readonly update: VariableUpdate
  readonly at: TrainingPosition
}

/** Every update in every step; an epoch is one pass over the images of `leading`. */
export function stepwise(updates: readonly VariableUpdate[], leading: VariableUpdate): Rhythm {
  return {
    steps: leading.steps,
    images: updates.reduce((sum, { images }) => sum + images, 0),
    turns: (at) => updates.map((update) => ({ update, at })),
    placeOf: (_update, at) => at,
  }
}

/** In every epoch each update makes one pass over its images, one after the other (Wan et al., FBNetV2, section 4.1). */
export function epochwise(updates: readonly VariableUpdate[]): Rhythm {
  const steps = updates.reduce((sum, each) => sum + each.steps, 0)
  const stepsBefore = (update: VariableUpdate): number =>
    updates.slice(0, updates.indexOf(update)).reduce((sum, each) => sum + each.steps, 0)
  const placeOf: Rhythm['placeOf'] = (update, at) => {
    const step = Math.min(Math.max(at.step - stepsBefore(update), 0), update.steps - 1)
    return { epoch: at.epoch, epochs: at.epochs, step, steps: update.steps }
  }
  return {
    steps,
    images: updates.reduce((sum, each) => sum + each.steps * each.images, 0) / steps,
    turns: (at) =>
      updates
        .filter((update) => {
          const step = at.step - stepsBefore(update)
          return step >= 0 && step < update.steps
        })
        .map((update) => ({ update, at: placeOf(update, at) })),
    placeOf,
  }
}
