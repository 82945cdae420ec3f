import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import { isBeyondBounds } from '../../space/limits/budget.js'
import { boundsOf, quantitiesOf, type CostCondition, type CostQuery } from '../costs/cost-query.js'
import type { Diagram } from '../diagram/diagram.js'
import { productOf, type Product } from '../diagram/product.js'
import { analysisOf, costQueryOf, hasCostConstraints, totalsFor, type Analysis } from './analysis.js'
import { countPaths } from './count-paths.js'
import { countArchitectures, hasConstraints } from './count.js'
import { structureOf } from './structure.js'

/** A space with its params. */
export interface SpaceUnder {
  readonly ir: Ir
  readonly space: string
  readonly options: ExploreOptions
}

/** How many architectures two spaces have. */
export interface SharedMembers {
  readonly first: bigint
  readonly second: bigint
  /** In both: the same options, by their texts, of the same decisions. */
  readonly shared: bigint
}

/**
 * How many architectures two spaces have, and have in common, where the same decisions cost the same in both.
 *
 * @returns undefined where that takes too much to tell exactly
 * @throws Failure where one of the spaces cannot be analysed for another reason
 */
export function sharedMembers(first: SpaceUnder, second: SpaceUnder): SharedMembers | undefined {
  try {
    const [one, two] = [exactCount(first), exactCount(second)]
    if (one === undefined || two === undefined) return undefined
    const shared = countShared(taken(first), taken(second))
    return shared === undefined ? undefined : { first: one, second: two, shared }
  } catch (error) {
    if (error instanceof Failure && isBeyondBounds(error)) return undefined
    throw error
  }
}

function exactCount({ ir, space, options }: SpaceUnder): bigint | undefined {
  const { architectures, atMost, isUnproved } = countArchitectures(ir, space, options)
  return architectures === atMost && !isUnproved ? architectures : undefined
}

/** A space taken apart, as far as it has to be. */
interface Taken {
  readonly diagram: Diagram | undefined
  /** Where costs are constrained. */
  readonly analysis?: Analysis
}

function taken({ ir, space, options }: SpaceUnder): Taken {
  if (!hasConstraints(ir, space)) return { diagram: structureOf(ir, space, options) }
  const analysis = analysisOf(ir, space, options)
  return { diagram: analysis.diagram, ...(hasCostConstraints(analysis) ? { analysis } : {}) }
}

function countShared(one: Taken, two: Taken): bigint | undefined {
  // Arcs of the product cost what those of the first diagram cost.
  if (!one.analysis && two.analysis) return countShared(two, one)
  const product = one.diagram && two.diagram && productOf(one.diagram, two.diagram)
  if (!product || !one.analysis) return product && countPaths(product.diagram)
  const query = queryOf(one.analysis, two.analysis, product)
  if (!query) return undefined
  const { diagram } = product
  const { count, leftOut } = totalsFor({ ...one.analysis, diagram, pathCount: countPaths(diagram) }, query)
  return leftOut === 0n ? count : undefined
}

/** What both of two spaces require of costs; undefined where they are not counted alike. */
function queryOf(one: Analysis, two: Analysis | undefined, { ends }: Product): CostQuery | undefined {
  const first = costQueryOf(one, [])
  if (!two) return withEnds(first, (end) => ends[end]?.[0] ?? end)
  const known = one.context.quantities
  const positions = two.context.quantities.map((quantity) =>
    known.findIndex(({ name, convention }) => name === quantity.name && convention === quantity.convention),
  )
  const second = costQueryOf(two, [])
  if (quantitiesOf(second).some((quantity) => (positions[quantity] ?? -1) < 0)) return undefined
  return joined(
    withEnds(first, (end) => ends[end]?.[0] ?? end),
    withEnds(
      second,
      (end) => ends[end]?.[1] ?? end,
      (quantity) => positions[quantity] ?? quantity,
    ),
  )
}

/** The query of a diagram, put to its product with another one. */
function withEnds(
  query: CostQuery,
  endOf: (end: number) => number,
  positionOf = (quantity: number): number => quantity,
): CostQuery {
  if (query.kind === 'interval') return { ...query, quantity: positionOf(query.quantity) }
  return {
    ...query,
    quantities: query.quantities.map(positionOf),
    bounds: query.bounds.map((bounds) => ({ ...bounds, quantity: positionOf(bounds.quantity) })),
    conditions: query.conditions.map((condition) => ({
      ...condition,
      holds: (costs, end) => condition.holds(costs, endOf(end)),
    })),
  }
}

/** Both of two queries. */
function joined(first: CostQuery, second: CostQuery): CostQuery {
  const quantities = [...new Set([...quantitiesOf(first), ...quantitiesOf(second)])]
  const [quantity, ...others] = quantities
  const bounds = [first, second].flatMap((query) =>
    boundsOf(query).map((each, at) => ({ ...each, quantity: quantitiesOf(query)[at] ?? 0 })),
  )
  if (first.kind === 'interval' && second.kind === 'interval' && quantity !== undefined && others.length === 0) {
    return {
      kind: 'interval',
      quantity,
      least: Math.max(first.least, second.least),
      most: Math.min(first.most, second.most),
    }
  }
  const conditions = [first, second].flatMap((query): readonly CostCondition[] =>
    query.kind === 'interval'
      ? []
      : query.conditions.map((condition) => ({
          ...condition,
          holds: (costs, end) =>
            condition.holds(
              query.quantities.map((each) => costs[quantities.indexOf(each)] ?? 0),
              end,
            ),
        })),
  )
  return { kind: 'test', quantities, bounds, conditions }
}
