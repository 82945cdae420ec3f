import { memoize } from '../../support/memoize.js'
import type { Aggregate, AggregatePlace } from './aggregate.js'
import type { Constraint } from './constraint.js'
import type { Layer } from './layer.js'

/** When constraints are tested, and until when selections must be known. Layers are counted from 0. */
export interface ConstraintSchedule {
  /** Constraints that are tested behind a layer: no later one settles anything that they mention. */
  readonly dueAt: (layer: number) => readonly Constraint[]
  /** Places that are added to aggregates behind a layer: all that is decided there is settled. */
  readonly placesAt: (layer: number) => readonly (readonly [Aggregate, AggregatePlace])[]
  /** Whether an aggregate is still to be tested behind a layer. */
  readonly isAggregateNeededAfter: (layer: number, key: string) => boolean
  /** All aggregates, in order. */
  readonly aggregates: readonly Aggregate[]
  /** Whether what a decision takes is asked for behind a layer: by a later one, or by a constraint not yet tested. */
  readonly isNeededAfter: (layer: number, path: string) => boolean
}

/** Constraints on costs are not among those that are due: sums of costs are known for whole paths only. */
export function constraintSchedule(layers: readonly Layer[], constraints: readonly Constraint[]): ConstraintSchedule {
  const lastOf = (concerns: (layer: Layer) => boolean): number => Math.max(0, layers.findLastIndex(concerns))
  const lastDeciding = memoize((path) => lastOf((layer) => layer.reads(path) || layer.settles?.(path) === true))
  const places = constraints.flatMap(({ aggregates }) =>
    aggregates.flatMap((aggregate) =>
      aggregate.places.map((place) => ({ aggregate, place, at: Math.max(0, ...place.paths.map(lastDeciding)) })),
    ),
  )
  const tested = new Map(
    constraints.map((constraint) => {
      const { costs, concerns, aggregates } = constraint
      const added = places.flatMap(({ aggregate, at }) => (aggregates.includes(aggregate) ? [at] : []))
      return [constraint, costs.length > 0 ? Infinity : Math.max(lastOf(concerns), ...added)]
    }),
  )
  const neededUntil = memoize((path) => {
    const byConstraints = [...tested].flatMap(([constraint, layer]) => (constraint.needs(path) ? [layer] : []))
    const byPlaces = places.flatMap(({ place, at }) => (place.paths.includes(path) ? [at] : []))
    return Math.max(
      layers.findLastIndex((layer) => layer.reads(path)),
      ...byConstraints,
      ...byPlaces,
    )
  })
  const aggregateUntil = new Map(
    [...tested].flatMap(([{ aggregates }, layer]) => aggregates.map(({ key }) => [key, layer] as const)),
  )
  return {
    dueAt: (layer) => constraints.filter((constraint) => tested.get(constraint) === layer),
    placesAt: (layer) => places.flatMap(({ aggregate, place, at }) => (at === layer ? [[aggregate, place]] : [])),
    isAggregateNeededAfter: (layer, key) => (aggregateUntil.get(key) ?? 0) > layer,
    aggregates: constraints.flatMap(({ aggregates }) => aggregates),
    isNeededAfter: (layer, path) => neededUntil(path) > layer,
  }
}
