import type { ExploredDecision } from '../../space/architectures/exploration.js'
import type { JudgedChange } from './change.js'
import { arityText, type Side } from './side.js'

/** Decisions and options that one space has and the other has not. */
export function decisionChanges(old: Side, now: Side): readonly JudgedChange[] {
  const changes: JudgedChange[] = []
  for (const explored of old.decisions.values()) {
    const { decision } = explored
    const after = now.decisions.get(decision.path)
    if (!after) {
      const change = { kind: 'decision-removed', path: decision.path, options: decision.options } as const
      // What only exists under options that are gone is gone with them.
      const hangs = hangsOnWhatIsNew(explored, old, now)
      const open = !isSettled(explored)
      changes.push({ change, loses: open && !hangs, gains: open && !hangs, rebuilds: false })
      continue
    }
    changes.push(...changesOf(explored, after))
  }
  for (const explored of now.decisions.values()) {
    const { decision } = explored
    if (old.decisions.has(decision.path)) continue
    const change = { kind: 'decision-added', path: decision.path, options: decision.options } as const
    const hangs = hangsOnWhatIsNew(explored, now, old)
    const open = !isSettled(explored)
    changes.push({ change, loses: open && !hangs, gains: open && !hangs, rebuilds: false })
  }
  return changes
}

function changesOf({ decision: old }: ExploredDecision, { decision: now }: ExploredDecision): readonly JudgedChange[] {
  const changes: JudgedChange[] = []
  const { path } = old
  const added = now.options.filter((option) => !old.options.includes(option))
  const removed = old.options.filter((option) => !now.options.includes(option))
  if (added.length > 0 || removed.length > 0) {
    const change = { kind: 'options-changed', path, added, removed } as const
    changes.push({ change, loses: removed.length > 0, gains: added.length > 0, rebuilds: false })
  }
  if (arityText(old) !== arityText(now)) {
    const [before, after] = [old.arity ?? { least: 1, most: 1 }, now.arity ?? { least: 1, most: 1 }]
    changes.push({
      change: { kind: 'arity-changed', path, old: arityText(old), new: arityText(now) },
      loses: after.least > before.least || after.most < before.most,
      gains: after.least < before.least || after.most > before.most,
      rebuilds: false,
    })
  }
  return changes
}

/** Whether a decision leaves nothing to choose. */
function isSettled({ decision: { options, arity } }: ExploredDecision): boolean {
  return (arity?.least ?? 1) === options.length
}

/** Whether a decision of one space exists only under options that the other space does not have. */
function hangsOnWhatIsNew({ gates }: ExploredDecision, here: Side, there: Side): boolean {
  return [...gates].some(([path, options]) => {
    const gate = here.decisions.get(path)
    const other = there.decisions.get(path)
    if (!gate) return false
    if (!other) return hangsOnWhatIsNew(gate, here, there)
    return [...options].every((option) => !other.decision.options.includes(gate.decision.options[option] ?? ''))
  })
}
