import type * as ast from './ast.js'
import { walk } from './visit.js'

/** Whether an open choice stands in an expression. */
export function holdsChoice(expression: ast.Expression): boolean {
  let found = false
  walk(expression, (node) => {
    found ||= node.kind === 'choice'
    return !found
  })
  return found
}
