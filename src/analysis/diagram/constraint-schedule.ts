import { memoize } from '../../support/memoize.js'
import type { Constraint } from './constraint.js'
import type { Layer } from './layer.js'

/** When constraints are tested, and until when selections must be known. Layers are counted from 0. */
export interface ConstraintSchedule {
  /** Constraints that are tested behind a layer: no later one settles anything that they mention. */
  readonly dueAt: (layer: number) => readonly Constraint[]
  /** Whether what a decision takes is asked for behind a layer: by a later one, or by a constraint not yet tested. */
  readonly isNeededAfter: (layer: number, path: string) => boolean
}

/** Constraints on costs are not among those that are due: sums of costs are known for whole paths only. */
export function constraintSchedule(layers: readonly Layer[], constraints: readonly Constraint[]): ConstraintSchedule {
  const tested = new Map(
    constraints.map((constraint) => {
      const { costs, concerns } = constraint
      return [constraint, costs.length > 0 ? Infinity : Math.max(0, layers.findLastIndex(concerns))]
    }),
  )
  const neededUntil = memoize((path) => {
    const byConstraints = [...tested].flatMap(([constraint, layer]) => (constraint.needs(path) ? [layer] : []))
    return Math.max(
      layers.findLastIndex((layer) => layer.reads(path)),
      ...byConstraints,
    )
  })
  return {
    dueAt: (layer) => constraints.filter((constraint) => tested.get(constraint) === layer),
    isNeededAfter: (layer, path) => neededUntil(path) > layer,
  }
}
