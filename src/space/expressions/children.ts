import type { Expression } from '../../ir/model/expression.js'

/** The expressions that stand directly in an expression, in the order in which they are written. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'param':
    case 'constant':
    case 'local':
    case 'context':
    case 'field':
    case 'decision':
    case 'cost':
    case 'topology':
      return []
    case 'unary':
      return [expression.operand]
    case 'aggregate':
      return [expression.of]
    case 'binary':
      return [expression.left, expression.right]
    case 'if':
      return expression.otherwise
        ? [expression.test, expression.then, expression.otherwise]
        : [expression.test, expression.then]
    case 'call':
      return expression.arguments
    case 'set':
    case 'tuple':
      return expression.items
    case 'range':
      return expression.step ? [expression.from, expression.to, expression.step] : [expression.from, expression.to]
    case 'for':
      return [...expression.bindings.map((binding) => binding.in), expression.body]
    case 'span':
      return [expression.from, expression.to]
    case 'choice': {
      const { arity } = expression
      if (!arity) return [expression.options]
      return arity.most ? [arity.least, arity.most, expression.options] : [arity.least, expression.options]
    }
    case 'operation':
    case 'component':
      return Object.values(expression.arguments)
    case 'with':
      return [expression.of, ...Object.values(expression.arguments)]
    case 'pipeline':
      return expression.steps
    case 'branches':
      return expression.branches
  }
}
