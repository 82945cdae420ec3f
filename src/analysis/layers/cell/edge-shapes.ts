import type { CellInstance } from '../../../space/network/build-network.js'
import { mergedShape } from '../../../space/network/merged-shape.js'
import type { Decider } from '../../../space/values/decider.js'
import { ElaborationFailure } from '../../../space/values/elaboration-failure.js'
import type { Shape } from '../../../space/values/shape.js'
import type { Failure } from '../../../catalogue/failure.js'
import { decisionTree } from '../../diagram/decision-tree.js'
import type { AnalysisContext } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import { edgeOf, openParts, type CellPlan, type PlannedNode } from './cell-plan.js'
import { edgeOptions } from './edge-option.js'
import { variableShape } from './variable-shape.js'

/** Every shape that a part may have, whatever is chosen in it, and why it cannot be built where it cannot. */
export interface PossibleShapes {
  readonly shapes: readonly Shape[]
  readonly failure?: ElaborationFailure
}

export function possibleShapes(compute: (decider: Decider) => Shape): PossibleShapes {
  const shapes = new Map<string, Shape>()
  let failure: ElaborationFailure | undefined
  for (const { result } of decisionTree(compute).paths(() => undefined)) {
    if ('failure' in result) failure ??= result.failure
    else shapes.set(shapeKey(result.value), result.value)
  }
  return { shapes: [...shapes.values()], ...(failure ? { failure } : {}) }
}

/** A cell as far as it is laid out. */
export interface LaidOutCell {
  readonly copy: CellInstance
  readonly plan: CellPlan
  readonly prepared: readonly Shape[]
  /** Shapes of the maps that are there. */
  readonly states: ReadonlyMap<string, Shape>
}

/** The one shape of a node, whatever is chosen in it, or why it has none. */
export function nodeShape(context: AnalysisContext, cell: LaidOutCell, planned: PlannedNode): Shape | Failure {
  const { copy, states } = cell
  const { node, name, sources, decision, operations } = planned
  const there = sources.filter((source) => states.has(source))
  const edges = there.map((source) => ({
    path: `${copy.copy}.${name}.${source}`,
    ...edgeShapes(context, cell, planned, source),
  }))
  const { least, most } = decision?.arity ?? { least: sources.length, most: sources.length }
  const takesAll = least >= sources.length * (operations?.length ?? 1)
  const broken = takesAll ? edges.find(({ shapes }) => shapes.length === 0) : undefined
  if (broken?.failure) return broken.failure
  if (takesAll && edges.every(({ shapes }) => shapes.length === 1)) {
    const members = edges.flatMap(({ path, shapes }) => shapes.map((shape) => ({ path, shape })))
    return attempt(() => mergedShape(`${copy.copy}.${name}`, node.merge, members))
  }
  const all = new Map(edges.flatMap(({ shapes }) => shapes.map((shape) => [shapeKey(shape), shape] as const)))
  const [shape, ...others] = all.values()
  if (!shape) return edges.find(({ failure }) => failure)?.failure ?? nothingRead(name)
  if (others.length > 0) return variableShape(copy, name, [...all.values()])
  if (node.merge !== 'concat') return shape
  if (takesAll) return { ...shape, channels: shape.channels * there.length }
  const isVariable = least !== most || there.length < sources.length || (operations?.length ?? 1) > 1
  return isVariable ? variableShape(copy, name) : { ...shape, channels: shape.channels * most }
}

/** At the end of the edges from one source into a node. */
function edgeShapes(
  context: AnalysisContext,
  { copy, plan, prepared, states }: LaidOutCell,
  planned: PlannedNode,
  source: string,
): PossibleShapes {
  const shape = states.get(source)
  if (!shape) nothingRead(planned.name)
  const found = edgeOptions(plan, planned).flatMap((edge) => {
    if (edge.source !== source) return []
    const possible = possibleShapes((decider) => {
      const { parts, builder } = openParts(context, decider, copy, prepared, { name: source, shape })
      for (const [family, members] of plan.families) parts.families.set(family, members)
      const built = edgeOf(parts, plan, planned, source, edge.option)
      return builder.shape(parts.edgeEnd(planned.node, planned.name, built, planned.decision))
    })
    return [possible]
  })
  const failure = found.find((each) => each.failure)?.failure
  const shapes = new Map(found.flatMap((each) => each.shapes.map((one) => [shapeKey(one), one] as const)))
  return { shapes: [...shapes.values()], ...(failure ? { failure } : {}) }
}

function nothingRead(name: string): never {
  throw new Error(`${name} reads nothing`)
}

function attempt(merge: () => Shape): Shape | ElaborationFailure {
  try {
    return merge()
  } catch (failure) {
    if (!(failure instanceof ElaborationFailure)) throw failure
    return failure
  }
}
