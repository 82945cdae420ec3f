import { printExpression } from '../elaborate/print-expression.js'
import type { Expression } from '../model/expression.js'
import type { JudgedChange } from './change.js'
import type { Side } from './side.js'

interface Constraint {
  readonly text: string
  readonly test: Expression
}

/** Constraints that came, went, or whose bound moved. Two texts of the same test are the same. */
export function constraintChanges(old: Side, now: Side): readonly JudgedChange[] {
  const before = constraintsOf(old)
  const after = constraintsOf(now)
  const gone = before.filter(({ test }) => !after.some((other) => same(other.test, test)))
  const come = after.filter(({ test }) => !before.some((other) => same(other.test, test)))
  const changes: JudgedChange[] = []
  const matched = new Set<Constraint>()
  for (const constraint of gone) {
    const moved = come.find((other) => !matched.has(other) && tightening(constraint.test, other.test) !== undefined)
    if (!moved) {
      const change = { kind: 'constraint-removed', constraint: constraint.text } as const
      changes.push({ change, loses: false, gains: true, rebuilds: false })
      continue
    }
    matched.add(moved)
    const tighter = tightening(constraint.test, moved.test) === 'tighter'
    changes.push({
      change: {
        kind: tighter ? 'constraint-tightened' : 'constraint-loosened',
        old: constraint.text,
        new: moved.text,
      },
      loses: tighter,
      gains: !tighter,
      rebuilds: false,
    })
  }
  for (const constraint of come) {
    if (matched.has(constraint)) continue
    const change = { kind: 'constraint-added', constraint: constraint.text } as const
    changes.push({ change, loses: true, gains: false, rebuilds: false })
  }
  return changes
}

function constraintsOf({ ir, space }: Side): readonly Constraint[] {
  const cells = space.cells.flatMap(({ name, cell }) => {
    const declared = ir.cells.find(({ id }) => id === cell)
    return (declared?.requires ?? []).map(({ text, test }) => ({ text: `in ${name}: ${text}`, test }))
  })
  return [...space.requires.map(({ text, test }) => ({ text, test })), ...cells]
}

function same(left: Expression, right: Expression): boolean {
  return printExpression(left) === printExpression(right)
}

/** How a bound moved: `macs <= 600M` to `macs <= 500M` is tighter. */
function tightening(old: Expression, now: Expression): 'tighter' | 'looser' | undefined {
  if (old.kind !== 'binary' || now.kind !== 'binary' || old.operator !== now.operator) return undefined
  if (old.right.kind !== 'number' || now.right.kind !== 'number' || !same(old.left, now.left)) return undefined
  switch (old.operator) {
    case '<':
    case '<=':
      return now.right.value < old.right.value ? 'tighter' : 'looser'
    case '>':
    case '>=':
      return now.right.value > old.right.value ? 'tighter' : 'looser'
    default:
      return undefined
  }
}
