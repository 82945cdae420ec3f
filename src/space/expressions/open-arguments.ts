import type { Expression } from '../../ir/model/expression.js'
import { childrenOf } from './children.js'

/** An expression whose operations have only those arguments that are known wherever it stands. */
export function withoutOpenArguments(expression: Expression): Expression {
  switch (expression.kind) {
    case 'operation':
      return { ...expression, arguments: closedArguments(expression.arguments) }
    case 'with':
      return {
        ...expression,
        of: withoutOpenArguments(expression.of),
        arguments: closedArguments(expression.arguments),
      }
    case 'pipeline':
      return { ...expression, steps: expression.steps.map(withoutOpenArguments) }
    case 'branches':
      return { ...expression, branches: expression.branches.map(withoutOpenArguments) }
    default:
      return expression
  }
}

function closedArguments(supplied: Readonly<Record<string, Expression>>): Readonly<Record<string, Expression>> {
  const entries = Object.entries(supplied).map(([name, argument]) => [name, withoutOpenArguments(argument)] as const)
  return Object.fromEntries(entries.filter(([, argument]) => !isOpen(argument)))
}

/** Whether an expression speaks of its place, of what is chosen, or of names that are known where it stands alone. */
export function isOpen(expression: Expression): boolean {
  switch (expression.kind) {
    case 'local':
    case 'context':
    case 'field':
    case 'choice':
      return true
    default:
      return childrenOf(expression).some(isOpen)
  }
}
