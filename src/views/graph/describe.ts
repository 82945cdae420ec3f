import type { Decision } from '../../space/decisions/decision.js'
import type { DrawnBox, DrawnRow } from './drawing.js'
import type { GraphTarget } from './graph-target.js'
import { arityText, optionsText, shortOptions } from './text.js'

/** `kernel 3 | 5`, or `kernel 3` in an architecture; nothing where the decision does not exist in it. */
export function decisionText(
  target: GraphTarget,
  decision: Decision,
  name: string = decision.kind,
): string | undefined {
  const { selections } = target
  if (!selections) return `${name} ${decision.arity ? `${arityText(decision)}: ` : ''}${optionsText(decision)}`
  const selected = selections[decision.path] ?? (decision.options.length === 1 ? [0] : undefined)
  return selected && `${name} ${selected.map((option) => decision.options[option] ?? '').join(', ')}`
}

/** The options of a decision, one a line, each in its colour. */
export function optionRows(decision: Decision): readonly DrawnRow[] {
  return shortOptions(decision).map((text, option) => ({ text, option }))
}

/** A choice between operations as a box: all options stacked, or the one that an architecture takes. */
export function choiceBox(
  target: GraphTarget,
  id: string,
  decision: Decision,
  rows: readonly DrawnRow[],
): Pick<DrawnBox, 'kind' | 'id' | 'role' | 'title' | 'note' | 'rows'> {
  const selected = target.selections?.[decision.path]
  if (!selected) {
    return {
      kind: 'box',
      id,
      role: 'choice',
      title: decision.kind,
      note: arityText(decision),
      rows: [...optionRows(decision), ...rows],
    }
  }
  const options = shortOptions(decision)
  const title = selected.map((option) => options[option] ?? '').join(' + ')
  return { kind: 'box', id, role: 'operation', title, rows }
}
