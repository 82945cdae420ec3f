import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'

/** How many arguments a call takes, and what they are: `1 convention`. */
export interface ArgumentCount {
  readonly least: number
  /** Absent: any number. */
  readonly most?: number
  readonly text: string
}

/**
 * Reports a call with too many or too few arguments: at those that are too many, or at all of it.
 *
 * @returns whether their number is right
 */
export function checkCount(
  checker: Checker,
  call: ast.CallExpression,
  callee: string,
  { least, most = Infinity, text }: ArgumentCount,
): boolean {
  const found = call.arguments.length
  if (found >= least && found <= most) return true
  const [first, last] = [call.arguments[most], call.arguments.at(-1)]
  const whole = locationOf(checker, call)
  const tooMany = first && last && { ...whole, span: { start: first.span.start, end: last.span.end } }
  checker.report.add('wrong-count', tooMany ?? whole, { callee, expected: text, found })
  return false
}

/** Reports arguments with a name where they are taken by their position alone. */
export function refuseLabels(checker: Checker, call: ast.CallExpression, callee: string): void {
  for (const { label } of call.arguments) {
    if (label === undefined) continue
    const help = `${callee} takes its arguments by position.`
    checker.report.add('unknown-argument', locationOf(checker, label), { callee, name: label.text }, { help })
  }
}
