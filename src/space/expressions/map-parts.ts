import type { Expression } from '../../ir/model/expression.js'

/**
 * An expression in which some parts are replaced, the outermost first. What holds none of them stays the same object.
 *
 * @param replace the other part, or undefined where a part stays
 */
export function mapParts(expression: Expression, replace: (part: Expression) => Expression | undefined): Expression {
  const other = replace(expression)
  if (other) return other
  const changed: Expression[] = []
  const whole = withParts(expression, (part) => {
    const mapped = mapParts(part, replace)
    if (mapped !== part) changed.push(part)
    return mapped
  })
  return changed.length > 0 ? whole : expression
}

function withParts(expression: Expression, map: (part: Expression) => Expression): Expression {
  const all = (parts: readonly Expression[]): readonly Expression[] => parts.map(map)
  const named = (parts: Readonly<Record<string, Expression>>): Readonly<Record<string, Expression>> =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, map(part)]))
  switch (expression.kind) {
    case 'unary':
      return { ...expression, operand: map(expression.operand) }
    case 'aggregate':
      return { ...expression, of: map(expression.of) }
    case 'binary':
      return { ...expression, left: map(expression.left), right: map(expression.right) }
    case 'if': {
      const { test, then, otherwise } = expression
      return { ...expression, test: map(test), then: map(then), ...(otherwise ? { otherwise: map(otherwise) } : {}) }
    }
    case 'call':
      return { ...expression, arguments: all(expression.arguments) }
    case 'operation':
      return { ...expression, arguments: named(expression.arguments) }
    case 'with':
      return { ...expression, of: map(expression.of), arguments: named(expression.arguments) }
    case 'set':
    case 'tuple':
      return { ...expression, items: all(expression.items) }
    case 'range': {
      const { from, to, step } = expression
      return { ...expression, from: map(from), to: map(to), ...(step ? { step: map(step) } : {}) }
    }
    case 'pipeline':
      return { ...expression, steps: all(expression.steps) }
    case 'branches':
      return { ...expression, branches: all(expression.branches) }
    default:
      return expression
  }
}
