import type { Arc } from '../diagram/diagram.js'

/** A cost that must lie between two values, ends included. */
export interface CostBounds {
  /** Its position in the costs of arcs. */
  readonly quantity: number
  readonly least: number
  readonly most: number
}

/** Which architectures are meant, by what they cost. */
export type CostQuery =
  /** One cost. */
  | ({ readonly kind: 'interval' } & CostBounds)
  /** Several costs: all of these. */
  | {
      readonly kind: 'test'
      readonly quantities: readonly number[]
      readonly bounds: readonly CostBounds[]
      readonly conditions: readonly CostCondition[]
    }

/** Something else that is asked of costs, and of the state in which the network ends. */
export interface CostCondition {
  /** @param costs in the order of the quantities of the query */
  readonly holds: (costs: readonly number[], end: number) => boolean
  /**
   * Whether it holds somewhere between some least and greatest costs only if it holds at one of their combinations, and
   * everywhere if it holds at all of them.
   */
  readonly isDecidedByCorners: boolean
}

/** The quantities that must be known to tell. */
export function quantitiesOf(query: CostQuery): readonly number[] {
  return query.kind === 'interval' ? [query.quantity] : query.quantities
}

/** Between which values each cost must lie at least, by position in {@link quantitiesOf}. */
export function boundsOf(query: CostQuery): readonly Omit<CostBounds, 'quantity'>[] {
  const bounds = query.kind === 'interval' ? [query] : query.bounds
  return quantitiesOf(query).map((quantity) => {
    const own = bounds.filter((each) => each.quantity === quantity)
    return {
      least: Math.max(-Infinity, ...own.map(({ least }) => least)),
      most: Math.min(Infinity, ...own.map(({ most }) => most)),
    }
  })
}

/** Whether a path is meant, by its exact costs. */
export function isMeant(query: CostQuery, path: readonly Arc[]): boolean {
  const costs = quantitiesOf(query).map((quantity) => path.reduce((sum, arc) => sum + (arc.costs[quantity] ?? 0), 0))
  const [cost = 0] = costs
  if (query.kind === 'interval') return cost >= query.least && cost <= query.most
  const end = path.at(-1)?.to ?? 0
  return (
    boundsOf(query).every(({ least, most }, at) => (costs[at] ?? 0) >= least && (costs[at] ?? 0) <= most) &&
    query.conditions.every(({ holds }) => holds(costs, end))
  )
}
