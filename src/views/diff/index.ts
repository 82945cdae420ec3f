import { sharedMembers, type SharedMembers } from '../../analysis/index.js'
import type { JudgedChange } from './change.js'
import { constraintChanges } from './constraint-changes.js'
import { decisionChanges } from './decision-changes.js'
import { networkChanges } from './network-changes.js'
import type { Side } from './side.js'

/** Everything in which the new space differs from the old one. {@link relationOf} sums it up. */
export function changesBetween(old: Side, now: Side, convention: string): readonly JudgedChange[] {
  return [...decisionChanges(old, now), ...constraintChanges(old, now), ...networkChanges(old, now, convention)]
}

/**
 * How many architectures two spaces have, and have in common. Undefined where the same decisions build other networks, so that they have none
 * in common, and where it takes too much to tell.
 */
export function membersOf(old: Side, now: Side, changes: readonly JudgedChange[]): SharedMembers | undefined {
  if (changes.some(({ rebuilds }) => rebuilds)) return undefined
  const [first, second] = [old, now].map(({ ir, space, params }) => ({ ir, space: space.id, options: { params } }))
  return first && second && sharedMembers(first, second)
}

export { relationOf, type Change, type JudgedChange, type Relation } from './change.js'
export { judgeResult, type Result } from './results.js'
export { compareSelections, takenTexts, type Comparison } from './selections.js'
export { sideOf, type Side } from './side.js'
