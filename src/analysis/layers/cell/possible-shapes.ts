import type { Decider } from '../../../space/values/decider.js'
import type { ElaborationFailure } from '../../../space/values/elaboration-failure.js'
import type { Shape } from '../../../space/values/shape.js'
import { decisionTree } from '../../diagram/decision-tree.js'
import { shapeKey } from '../../diagram/state.js'

/** What is selected to get somewhere: options by path of the decision. */
type Way = ReadonlyMap<string, string>

/** Of each of these lists one way is taken; none: nothing is known of it. */
export type Ways = readonly (readonly Way[])[]

/** A shape that a part may have, and what is selected then. */
export interface PossibleShape {
  readonly shape: Shape
  readonly ways: Ways
}

/** Every shape that a part may have, whatever is chosen in it, and why it cannot be built where it cannot. */
export interface PossibleShapes {
  readonly shapes: readonly PossibleShape[]
  readonly failure?: ElaborationFailure
}

export function possibleShapes(compute: (decider: Decider) => Shape): PossibleShapes {
  const shapes = new Map<string, { readonly shape: Shape; readonly ways: Way[] }>()
  let failure: ElaborationFailure | undefined
  for (const { selections, result } of decisionTree(compute).paths(() => undefined)) {
    if ('failure' in result) {
      failure ??= result.failure
      continue
    }
    const key = shapeKey(result.value)
    const known = shapes.get(key) ?? { shape: result.value, ways: [] }
    shapes.set(key, known)
    known.ways.push(new Map(selections.map(({ decision, options }) => [decision.path, options.join()])))
  }
  return {
    shapes: [...shapes.values()].map(({ shape, ways }) => ({ shape, ways: [ways] })),
    ...(failure ? { failure } : {}),
  }
}

/**
 * Ways that are left of some where others are taken as well: each must agree with some way of every other list. Undefined
 * where of a list none does. What is left may still be too much, as lists are compared two by two.
 */
export function agreeing(known: Ways, added: Ways): Ways | undefined {
  let all = known
  for (const list of added) {
    const own = list.filter((way) => all.every((others) => others.some((other) => agree(way, other))))
    if (own.length === 0) return undefined
    all = [...all.map((others) => others.filter((other) => own.some((way) => agree(way, other)))), own]
  }
  return all
}

function agree(way: Way, other: Way): boolean {
  for (const [path, options] of way) {
    const there = other.get(path)
    if (there !== undefined && there !== options) return false
  }
  return true
}
