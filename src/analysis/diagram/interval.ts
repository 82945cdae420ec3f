import { childrenOf } from '../../space/expressions/children.js'
import { numberIn, rootEnvironment } from '../../space/evaluation/evaluate.js'
import type { Expression } from '../../ir/model/expression.js'
import type { AnalysisContext } from './layer.js'

/** Integers between two ends, both included. */
export interface Interval {
  readonly least: number
  readonly most: number
}

/** `macs <= 600M` and its like: what a whole quantity may be. Undefined where a test says anything else. */
export function intervalOf(
  context: AnalysisContext,
  test: Expression,
  isQuantity: (expression: Expression) => boolean,
): Interval | undefined {
  if (test.kind !== 'binary') return undefined
  const turned = isQuantity(test.right)
  const [quantity, bound] = turned ? [test.right, test.left] : [test.left, test.right]
  if (!isQuantity(quantity) || !isFixed(bound)) return undefined
  const value = numberIn(rootEnvironment(context.ir, context.options.params), bound)
  switch (turned ? (mirrored[test.operator] ?? test.operator) : test.operator) {
    case '<=':
      return { least: 0, most: Math.floor(value) }
    case '<':
      return { least: 0, most: Math.ceil(value) - 1 }
    case '>=':
      return { least: Math.ceil(value), most: Infinity }
    case '>':
      return { least: Math.floor(value) + 1, most: Infinity }
    case '==':
      return { least: Math.ceil(value), most: Math.floor(value) }
    default:
      return undefined
  }
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The same whatever is chosen, and wherever it stands. */
function isFixed(expression: Expression): boolean {
  return everyPart(expression).every(
    ({ kind }) => !['cost', 'decision', 'topology', 'local', 'constant', 'choice'].includes(kind),
  )
}

/** An expression and everything in it. */
export function everyPart(expression: Expression): readonly Expression[] {
  return [expression, ...childrenOf(expression).flatMap(everyPart)]
}

/** The conditions that `a and b` is made of. */
export function conjuncts(test: Expression): readonly Expression[] {
  if (test.kind === 'binary' && test.operator === 'and') return [...conjuncts(test.left), ...conjuncts(test.right)]
  return [test]
}
