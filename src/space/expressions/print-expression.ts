import type { Arity, CostExpression, Expression, TopologyExpression } from '../../ir/model/expression.js'
import { baseName } from './labels.js'

/** An expression as `.nas` text, on one line. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value)
    case 'boolean':
      return String(expression.value)
    case 'string':
      return JSON.stringify(expression.value)
    case 'param':
    case 'local':
    case 'context':
      return expression.name
    case 'constant':
      return baseName(expression.id)
    case 'field':
      return `${expression.of}.${expression.name}`
    case 'unary':
      return `${expression.operator === 'not' ? 'not ' : '-'}${operand(expression.operand)}`
    case 'binary':
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`
    case 'if': {
      const otherwise = expression.otherwise ? ` else ${printExpression(expression.otherwise)}` : ''
      return `if ${printExpression(expression.test)} then ${printExpression(expression.then)}${otherwise}`
    }
    case 'call':
      return `${expression.function}(${expression.arguments.map(printExpression).join(', ')})`
    case 'set':
      return `{ ${expression.items.map(printExpression).join(', ')} }`
    case 'tuple':
      return `(${expression.items.map(printExpression).join(', ')})`
    case 'range': {
      const step = expression.step ? ` step ${operand(expression.step)}` : ''
      return `${operand(expression.from)}..${operand(expression.to)}${step}`
    }
    case 'for': {
      const bindings = expression.bindings.map((binding) => `for ${binding.name} in ${operand(binding.in)}`)
      return `{ ${bindings.join(' ')}: ${printExpression(expression.body)} }`
    }
    case 'span':
      return `${operand(expression.from)} to ${operand(expression.to)}`
    case 'choice': {
      const per = expression.per ? ` per ${expression.per}` : ''
      const how = expression.arity ? `any ${printArity(expression.arity)}` : 'one'
      return `${how} of ${operand(expression.options)}${per}`
    }
    case 'operation':
      return printCall(baseName(expression.operation), expression.arguments)
    case 'with':
      return printCall(operand(expression.of), expression.arguments)
    case 'component':
      return printCall(baseName(expression.component), expression.arguments)
    case 'pipeline':
      return expression.steps.map(operand).join(' -> ')
    case 'branches':
      return expression.merge === 'residual'
        ? `residual { ${expression.branches.map(printExpression).join(', ')} }`
        : `${expression.merge}(${expression.branches.map(printExpression).join(', ')})`
    case 'decision':
      // All that is decided in a part has the name of the part.
      return expression.path.replace(/\.\*$/, '')
    case 'cost':
      return printCost(expression)
    case 'aggregate':
      return `${expression.function}(${printExpression(expression.of)})`
    case 'topology':
      return printTopology(expression)
  }
}

function printCost({ cost, variant, convention }: CostExpression): string {
  const counted = convention === undefined ? cost : `${cost}(${convention.replaceAll('-', '_')})`
  return variant === undefined ? counted : `${counted}.${variant}`
}

function printTopology(expression: TopologyExpression): string {
  if (expression.fact === 'edges') return 'edges'
  const conditions = [...(expression.reached ? ['reached'] : []), ...(expression.used ? ['used'] : [])]
  return `every node is ${conditions.join(' and ')}${expression.removed ? ', or removed' : ''}`
}

export function printArity(arity: Arity): string {
  const least = printExpression(arity.least)
  if (!arity.most) return `${least}..`
  const most = printExpression(arity.most)
  return least === most ? least : `${least}..${most}`
}

export function printNumber(value: number): string {
  return String(value)
}

function printCall(name: string, supplied: Readonly<Record<string, Expression>>): string {
  const list = Object.entries(supplied).map(([parameter, argument]) => `${parameter}: ${printExpression(argument)}`)
  return list.length === 0 ? name : `${name}(${list.join(', ')})`
}

/** In parentheses where it would otherwise be read as part of something else. */
function operand(expression: Expression): string {
  const text = printExpression(expression)
  switch (expression.kind) {
    case 'binary':
    case 'if':
    case 'range':
    case 'span':
    case 'choice':
    case 'pipeline':
      return `(${text})`
    default:
      return text
  }
}
