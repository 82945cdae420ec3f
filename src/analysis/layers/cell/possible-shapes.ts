import type { Decider } from '../../../space/decisions/decider.js'
import type { ElaborationFailure } from '../../../space/limits/elaboration-failure.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import { decisionTree } from '../../diagram/decision-tree.js'
import { shapeKey } from '../../diagram/state.js'

/** Some selections of an architecture: options by path of the decision. */
type PartialSelection = ReadonlyMap<string, string>

/** Of each of these lists one partial selection is made; none: nothing is known of what is selected. */
export type ShapeConditions = readonly (readonly PartialSelection[])[]

/** A shape that a part may have, and what is selected then. */
export interface PossibleShape {
  readonly shape: Shape
  readonly conditions: ShapeConditions
}

/** Every shape that a part may have, whatever is chosen in it, and why it cannot be built where it cannot. */
export interface PossibleShapes {
  readonly shapes: readonly PossibleShape[]
  readonly failure?: ElaborationFailure
}

export function possibleShapes(compute: (decider: Decider) => Shape): PossibleShapes {
  const shapes = new Map<string, { readonly shape: Shape; readonly conditions: PartialSelection[] }>()
  let failure: ElaborationFailure | undefined
  for (const { selections, result } of decisionTree(compute).paths(() => undefined)) {
    if ('failure' in result) {
      failure ??= result.failure
      continue
    }
    const key = shapeKey(result.value)
    const known = shapes.get(key) ?? { shape: result.value, conditions: [] }
    shapes.set(key, known)
    known.conditions.push(new Map(selections.map(({ decision, options }) => [decision.path, options.join()])))
  }
  return {
    shapes: [...shapes.values()].map(({ shape, conditions }) => ({ shape, conditions: [conditions] })),
    ...(failure ? { failure } : {}),
  }
}

/**
 * What is left of conditions where others hold as well: each partial selection must be consistent with some one of every other
 * list. Undefined where of a list none is. What is left may still be too much, as lists are compared two by two (arc consistency).
 */
export function joinConditions(known: ShapeConditions, added: ShapeConditions): ShapeConditions | undefined {
  let all = known
  for (const list of added) {
    const own = list.filter((selection) =>
      all.every((others) => others.some((other) => areConsistent(selection, other))),
    )
    if (own.length === 0) return undefined
    all = [
      ...all.map((others) => others.filter((other) => own.some((selection) => areConsistent(selection, other)))),
      own,
    ]
  }
  return all
}

function areConsistent(selection: PartialSelection, other: PartialSelection): boolean {
  for (const [path, options] of selection) {
    const there = other.get(path)
    if (there !== undefined && there !== options) return false
  }
  return true
}
