import type { CellInstance } from '../../../space/network/build-network.js'
import { mergedShape, type FeatureMap } from '../../../space/network/merged-shape.js'
import { ElaborationFailure } from '../../../space/limits/elaboration-failure.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { AnalysisContext } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import { edgeOf, openParts, type CellPlan, type PlannedNode } from './cell-plan.js'
import { edgeOptions } from './edge-option.js'
import { joinConditions, possibleShapes, type PossibleShape, type PossibleShapes } from './possible-shapes.js'

/** A cell as far as it is laid out. */
export interface LaidOutCell {
  readonly copy: CellInstance
  readonly plan: CellPlan
  readonly prepared: readonly Shape[]
  /** Shapes of the maps that are there. */
  readonly states: ReadonlyMap<string, Shape>
}

/** Shapes that a node may have, and why it cannot be built where it cannot. */
export interface NodeShapes extends PossibleShapes {
  /** Whether its edges must be known to tell which of the shapes it has, or that they do not fit together. */
  readonly isVariable: boolean
}

interface EdgeShapes extends PossibleShapes {
  readonly path: string
}

export function nodeShapes(context: AnalysisContext, cell: LaidOutCell, planned: PlannedNode): NodeShapes {
  const { node, name, sources, decision, operations } = planned
  const path = `${cell.copy.copy}.${name}`
  const there = sources.filter((source) => cell.states.has(source))
  const edges = there.map((source) => ({ path: `${path}.${source}`, ...edgeShapes(context, cell, planned, source) }))
  const { least, most } = decision?.arity ?? { least: sources.length, most: sources.length }
  const takesAll = least >= sources.length * (operations?.length ?? 1)
  const broken = edges.filter(({ shapes }) => shapes.length === 0)
  const failure = broken.find((edge) => edge.failure)?.failure
  if (failure && (takesAll || broken.length === edges.length)) return { shapes: [], failure, isVariable: false }
  const all = distinctShapes(edges.flatMap(({ shapes }) => shapes.map(({ shape }) => shape)))
  if (takesAll && edges.every(({ shapes }) => shapes.length === 1)) {
    const merged = mergedOr(path, planned, edges.flatMap(mapsOf))
    return merged instanceof ElaborationFailure
      ? { shapes: [], failure: merged, isVariable: false }
      : { shapes: [unconditional(merged)], isVariable: false }
  }
  if (node.merge === 'concat') {
    const totals = concatenated(edges, takesAll, Math.min(most, there.length))
    return { shapes: totals.map(unconditional), isVariable: totals.length > 1 || all.length > 1 }
  }
  const isVariable = all.length > 1
  if (!isVariable || node.merge === 'multiply') return { shapes: all.map(unconditional), isVariable }
  const unlike = most > 1 ? unlikePair(edges) : undefined
  const mismatch = unlike && mergedOr(path, planned, unlike)
  return {
    shapes: takesAll ? inEach(edges, all) : inSome(edges, all),
    isVariable,
    ...(mismatch instanceof ElaborationFailure ? { failure: mismatch } : {}),
  }
}

/** A shape of which nothing more is known. */
function unconditional(shape: Shape): PossibleShape {
  return { shape, conditions: [] }
}

function mapsOf({ path, shapes }: EdgeShapes): readonly FeatureMap[] {
  return shapes.map(({ shape }) => ({ path, shape }))
}

function distinctShapes(shapes: readonly Shape[]): readonly Shape[] {
  return [...new Map(shapes.map((shape) => [shapeKey(shape), shape] as const)).values()]
}

function possibilityOf({ shapes }: EdgeShapes, shape: Shape): PossibleShape | undefined {
  return shapes.find((each) => shapeKey(each.shape) === shapeKey(shape))
}

/** Shapes that every edge may have. */
function inEach(edges: readonly EdgeShapes[], all: readonly Shape[]): readonly PossibleShape[] {
  return all.flatMap((shape) => {
    const found = edges.flatMap((edge) => possibilityOf(edge, shape) ?? [])
    return found.length === edges.length ? [{ shape, conditions: found.flatMap(({ conditions }) => conditions) }] : []
  })
}

/** Shapes that some edge may have. */
function inSome(edges: readonly EdgeShapes[], all: readonly Shape[]): readonly PossibleShape[] {
  return all.map((shape) => {
    const found = edges.flatMap((edge) => possibilityOf(edge, shape) ?? [])
    return { shape, conditions: [found.flatMap(({ conditions }) => conditions.flat())] }
  })
}

/** Ends of two edges that may be taken together and are unlike. */
function unlikePair(edges: readonly EdgeShapes[]): readonly FeatureMap[] | undefined {
  for (const [index, edge] of edges.entries()) {
    for (const other of edges.slice(index + 1)) {
      for (const { shape, conditions } of edge.shapes) {
        const unlike = other.shapes.find(
          (each) => shapeKey(each.shape) !== shapeKey(shape) && joinConditions(conditions, each.conditions),
        )
        if (unlike)
          return [
            { path: edge.path, shape },
            { path: other.path, shape: unlike.shape },
          ]
      }
    }
  }
  return undefined
}

/** What up to so many edges, or all of them, may come to behind each other. */
function concatenated(edges: readonly EdgeShapes[], takesAll: boolean, most: number): readonly Shape[] {
  let sums: readonly { readonly taken: number; readonly shape?: Shape }[] = [{ taken: 0 }]
  for (const { shapes } of edges) {
    const longer = sums.flatMap(({ taken, shape: before }) =>
      shapes.flatMap(({ shape }) => {
        if (before && (before.height !== shape.height || before.width !== shape.width)) return []
        return [{ taken: taken + 1, shape: { ...shape, channels: (before?.channels ?? 0) + shape.channels } }]
      }),
    )
    const next = [...(takesAll ? [] : sums), ...longer.filter(({ taken }) => taken <= most)]
    sums = [...new Map(next.map((sum) => [`${sum.taken} ${shapeKey(sum.shape)}`, sum] as const)).values()]
  }
  return distinctShapes(sums.flatMap(({ shape }) => shape ?? []))
}

/** At the end of the edges from one source into a node. */
function edgeShapes(
  context: AnalysisContext,
  { copy, plan, prepared, states }: LaidOutCell,
  planned: PlannedNode,
  source: string,
): PossibleShapes {
  const shape = states.get(source)
  if (!shape) throw new Error(`${planned.name} reads ${source}, which is not laid out`)
  const found = edgeOptions(plan, planned).flatMap((edge) => {
    if (edge.source !== source) return []
    const possible = possibleShapes((decider) => {
      const { parts, builder } = openParts(context, decider, copy, prepared, { state: { name: source, shape } })
      for (const [family, members] of plan.families) parts.families.set(family, members)
      const built = edgeOf(parts, plan, planned, source, edge.option)
      return builder.shape(parts.edgeEnd(planned.node, planned.name, built, planned.decision))
    })
    return [possible]
  })
  const failure = found.find((each) => each.failure)?.failure
  const all = found.flatMap(({ shapes }) => shapes)
  const shapes = distinctShapes(all.map((each) => each.shape)).map((one) => ({
    shape: one,
    conditions: [
      all.filter((each) => shapeKey(each.shape) === shapeKey(one)).flatMap(({ conditions }) => conditions.flat()),
    ],
  }))
  return { shapes, ...(failure ? { failure } : {}) }
}

function mergedOr(path: string, { node }: PlannedNode, maps: readonly FeatureMap[]): Shape | ElaborationFailure {
  try {
    return mergedShape(path, node.merge, maps)
  } catch (failure) {
    if (!(failure instanceof ElaborationFailure)) throw failure
    return failure
  }
}
