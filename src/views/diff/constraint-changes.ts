import type { JudgedChange } from './change.js'
import { compareGroups, constraintGroups, type ConstraintGroup, type GroupPair } from './constraint-group.js'
import type { Side } from './side.js'

/**
 * Constraints that came, went, or became others. What speaks of the same is compared by what it means: bounds of costs and
 * edges by their numbers (params included), conditions on decisions by every answer that both spaces allow, conditions on
 * nodes by their cases; only what cannot be decided so is compared by its text.
 */
export function constraintChanges(old: Side, now: Side): readonly JudgedChange[] {
  return constraintGroups(old, now).flatMap(changesOf)
}

function changesOf(pair: GroupPair): readonly JudgedChange[] {
  const { old, now } = pair
  const comparison = compareGroups(pair)
  const judged = {
    loses: comparison === 'tighter' || comparison === 'changed',
    gains: comparison === 'looser' || comparison === 'changed',
    rebuilds: false,
  }
  if (!now) {
    return textsOf(old).map((constraint) => ({ change: { kind: 'constraint-removed', constraint }, ...judged }))
  }
  if (!old) return textsOf(now).map((constraint) => ({ change: { kind: 'constraint-added', constraint }, ...judged }))
  if (comparison === 'same') return []
  const kinds = {
    tighter: 'constraint-tightened',
    looser: 'constraint-loosened',
    changed: 'constraint-changed',
  } as const
  const change = { kind: kinds[comparison], old: textsOf(old).join(' and '), new: textsOf(now).join(' and ') }
  return [{ change, ...judged }]
}

function textsOf(group: ConstraintGroup | undefined): readonly string[] {
  return (group?.constraints ?? []).map(({ text, cell }) => (cell === undefined ? text : `in ${cell}: ${text}`))
}
