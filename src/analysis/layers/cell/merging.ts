import { mergedShape } from '../../../space/network/merged-shape.js'
import { ElaborationFailure } from '../../../space/limits/elaboration-failure.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { OnMisfit } from '../../diagram/layer.js'
import { shapeKey } from '../../diagram/state.js'
import type { InstanceGroup } from './cell-frame.js'
import type { PlannedNode } from './cell-plan.js'
import type { CellProgress } from './cell-progress.js'

/** A map that the node at hand takes. */
interface TakenMap {
  /** By group. */
  readonly shapes: readonly Shape[]
  /** Whether an operation on the same source is taken before: both are summed. */
  readonly isFurther: boolean
}

/**
 * The cell in which the node at hand takes one map more. Undefined where the node then is not what its layout says, or no
 * node at all.
 */
export function withMap(
  cell: CellProgress,
  { name, node, operations }: PlannedNode,
  groups: readonly InstanceGroup[],
  { shapes, isFurther }: TakenMap,
): CellProgress | undefined {
  if (!groups.some(({ variable }) => variable.has(name))) return cell
  if (node.merge === 'sum') return isLaidOut(groups, name, shapes) ? cell : undefined
  if (isFurther) return shapes.every((shape, at) => shapeKey(shape) === shapeKey(cell.onEdge?.[at])) ? cell : undefined
  const merging: (readonly Shape[])[] = []
  for (const [at, shape] of shapes.entries()) {
    const before = cell.merging?.[at] ?? []
    const merged = node.merge === 'concat' ? concatenatedWith(before, shape) : withDistinct(before, shape)
    if (!merged) return undefined
    merging.push(merged)
  }
  return { ...cell, merging, ...(operations ? { onEdge: shapes } : {}) }
}

function isLaidOut(groups: readonly InstanceGroup[], name: string, shapes: readonly (Shape | undefined)[]): boolean {
  return groups.every(({ states }, at) => shapeKey(states.get(name)) === shapeKey(shapes[at]))
}

/** One shape for all maps so far. */
function concatenatedWith([before]: readonly Shape[], shape: Shape): readonly Shape[] | undefined {
  if (!before) return [shape]
  if (before.height !== shape.height || before.width !== shape.width) return undefined
  return [{ ...shape, channels: before.channels + shape.channels }]
}

/** How many maps have a shape makes no difference. */
function withDistinct(before: readonly Shape[], shape: Shape): readonly Shape[] {
  if (before.some((other) => shapeKey(other) === shapeKey(shape))) return before
  return [...before, shape].sort((a, b) => (shapeKey(a) < shapeKey(b) ? -1 : 1))
}

/** Whether the node at hand is what its layout says, all of its edges being known. */
export function isMerged(
  { merging }: CellProgress,
  { name, node }: PlannedNode,
  groups: readonly InstanceGroup[],
  fail: OnMisfit,
): boolean {
  if (!merging) return true
  try {
    const shapes = merging.map((maps, at) => {
      const path = `${groups[at]?.copy.copy ?? ''}.${name}`
      return mergedShape(
        path,
        node.merge,
        maps.map((shape) => ({ path, shape })),
      )
    })
    return isLaidOut(groups, name, shapes)
  } catch (failure) {
    if (!(failure instanceof ElaborationFailure)) throw failure
    fail(failure, [])
    return false
  }
}
