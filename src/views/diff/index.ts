import type { JudgedChange } from './change.js'
import { constraintChanges } from './constraint-changes.js'
import { decisionChanges } from './decision-changes.js'
import { networkChanges } from './network-changes.js'
import type { Side } from './side.js'

/** Everything in which the new space differs from the old one. {@link relationOf} sums it up. */
export function changesBetween(old: Side, now: Side, convention: string): readonly JudgedChange[] {
  return [...decisionChanges(old, now), ...constraintChanges(old, now), ...networkChanges(old, now, convention)]
}

export { relationOf, type Change, type JudgedChange, type Relation } from './change.js'
export { judgeResult, type Result } from './results.js'
export { sideOf, type Side } from './side.js'
