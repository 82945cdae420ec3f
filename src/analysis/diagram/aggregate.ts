import type { AggregateExpression, AggregateFunction } from '../../ir/model/expression.js'
import type { PartialArchitecture } from './partial-architecture.js'

/** One aggregate of a constraint: what it goes through, and how it is added up place by place. */
export interface Aggregate {
  /** Of all constraints of a space, this one. */
  readonly key: string
  readonly expression: AggregateExpression
  readonly places: readonly AggregatePlace[]
  /** What a place adds, as a number; undefined where the architecture does not have it. */
  readonly valueAt: (place: AggregatePlace, known: PartialArchitecture) => number | undefined
}

/** A place with all decisions that must be known there. */
export interface AggregatePlace {
  readonly at: string
  readonly paths: readonly string[]
}

/** Of nothing. Truth is 1. */
const starts: Readonly<Record<AggregateFunction, number>> = {
  all: 1,
  exists: 0,
  count: 0,
  sum: 0,
  min: Infinity,
  max: -Infinity,
}

export function startOf({ expression }: Aggregate): number {
  return starts[expression.function]
}

/** With one more place. */
export function addPlace(
  aggregate: Aggregate,
  before: number,
  place: AggregatePlace,
  known: PartialArchitecture,
): number {
  const value = aggregate.valueAt(place, known)
  if (value === undefined) return before
  switch (aggregate.expression.function) {
    case 'all':
    case 'min':
      return Math.min(before, value)
    case 'exists':
    case 'max':
      return Math.max(before, value)
    case 'count':
    case 'sum':
      return before + value
  }
}

/** Of a whole architecture, all places at once. */
export function aggregateOf(aggregate: Aggregate, known: PartialArchitecture): number {
  return aggregate.places.reduce((before, place) => addPlace(aggregate, before, place, known), startOf(aggregate))
}
