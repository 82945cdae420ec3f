import { Failure } from '../../../catalogue/failure.js'
import type { BinaryOperator as AnyOperator, ComponentExpression, Expression } from '../../../ir/model/expression.js'
import type { Ir } from '../../../ir/model/ir.js'
import { childrenOf } from '../../../space/expressions/children.js'
import { definitionsOf } from '../../../space/expressions/definitions.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import { printExpression } from '../../../space/expressions/print-expression.js'
import type { BinaryOperator, Formula } from '../components/formula.js'
import type { ComponentUse } from '../components/component-use.js'
import { componentUseOf } from './argument.js'

/**
 * The formula of an expression over objectives, costs and numbers. Only what holds neither objectives nor costs has a value
 * by itself: the others are emitted into programs.
 *
 * @throws Failure NAS7512 where there is no number, Error (a defect) on an expression that the compiler does not let pass
 */
export function formulaOf(ir: Ir, expression: Expression, params: ParamValues, clause: string): Formula {
  const inner = (each: Expression): Formula => formulaOf(ir, each, params, clause)
  const refuse = (): never => {
    throw new Error(`${printExpression(expression)} in ${clause} is no amount`)
  }
  if (!holds(ir, expression, ['component', 'cost'])) {
    const value = evaluate(ir, expression, params)
    if (typeof value === 'number') return value
    throw new Failure('not-a-component', { clause, found: 'a plain value' })
  }
  switch (expression.kind) {
    case 'constant':
      return inner(constantOf(ir, expression.id))
    case 'component':
      return componentOf(ir, expression, params, clause)
    case 'cost': {
      const { kind: _kind, ...use } = expression
      return use
    }
    case 'tuple': {
      const [first, ...others] = expression.items.map(inner)
      if (first === undefined) return refuse()
      return others.reduce<Formula>((left, right) => ({ operator: '+', left, right }), first)
    }
    case 'if': {
      const { test, then, otherwise } = expression
      const branch = evaluate(ir, test, params) === true ? then : otherwise
      return branch === undefined ? refuse() : inner(branch)
    }
    case 'unary':
      return expression.operator === '-' ? { operator: 'minus', operand: inner(expression.operand) } : refuse()
    case 'call': {
      const [operand] = expression.arguments
      return expression.function === 'log' && operand !== undefined
        ? { operator: 'log', operand: inner(operand) }
        : refuse()
    }
    case 'binary': {
      const { operator } = expression
      if (!isArithmetic(operator)) return refuse()
      return { operator, left: inner(expression.left), right: inner(expression.right) }
    }
    default:
      return refuse()
  }
}

/** Arguments that hold costs stay formulas. */
function componentOf(ir: Ir, expression: ComponentExpression, params: ParamValues, clause: string): ComponentUse {
  const supplied = Object.entries(expression.arguments)
  const open = supplied.filter(([, argument]) => holds(ir, argument, ['cost']))
  const closed: ComponentExpression = {
    ...expression,
    arguments: { ...expression.arguments, ...Object.fromEntries(open.map(([name]) => [name, nought])) },
  }
  const use = componentUseOf(evaluate(ir, closed, params), clause)
  const formulas = open.map(([name, argument]) => [name, formulaOf(ir, argument, params, clause)] as const)
  return { ...use, arguments: { ...use.arguments, ...Object.fromEntries(formulas) } }
}

/** Stands for a formula while the other arguments are evaluated. */
const nought: Expression = { kind: 'number', value: 0 }

function holds(ir: Ir, expression: Expression, kinds: readonly Expression['kind'][]): boolean {
  if (kinds.includes(expression.kind)) return true
  if (expression.kind === 'constant') return holds(ir, constantOf(ir, expression.id), kinds)
  return childrenOf(expression).some((child) => holds(ir, child, kinds))
}

function constantOf(ir: Ir, id: string): Expression {
  const constant = definitionsOf(ir).constants.get(id)
  if (constant === undefined) throw new Error(`the constant ${id} is not in the IR`)
  return constant.value
}

const arithmetic: readonly string[] = ['+', '-', '*', '/', '^'] satisfies readonly BinaryOperator[]

function isArithmetic(operator: AnyOperator): operator is BinaryOperator {
  return arithmetic.includes(operator)
}
