import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation, PrimitiveRules } from '../../ir/model/operation.js'
import { memoizePairs } from '../../support/memoize.js'
import type { Definitions } from '../expressions/definitions.js'
import { childrenOf } from '../expressions/children.js'
import { isList, isOperation, type Value } from './value.js'

/** True if what an operation comes to may depend on which layer of its stage it is in: `layer` or `first` stands in it, or in what it applies. */
export const operationReadsLayer = memoizePairs((catalogue: Definitions, operation: IrOperation): boolean => {
  const defaults = operation.parameters.flatMap((parameter) => parameter.default ?? [])
  const body = operation.body ? [operation.body] : []
  const rules = operation.rules ? expressionsOf(operation.rules) : []
  return [...defaults, ...body, ...rules].some((part) => inExpression(catalogue, part))
})

/** The same of a value that is given to an operation, whose arguments are known. */
export function valueReadsLayer(catalogue: Definitions, value: Value): boolean {
  if (isList(value)) return value.some((item) => valueReadsLayer(catalogue, item))
  if (!isOperation(value) || value.kind === 'identity') return false
  if (value.kind === 'closure') return true
  return (
    operationReadsLayer(catalogue, value.operation) ||
    Object.values(value.arguments).some((thunk) => thunk.kind !== 'known' || valueReadsLayer(catalogue, thunk.value))
  )
}

function inExpression(catalogue: Definitions, expression: Expression): boolean {
  switch (expression.kind) {
    case 'context':
      return expression.name === 'layer' || expression.name === 'first'
    case 'constant': {
      const constant = catalogue.constants.get(expression.id)
      return constant !== undefined && inExpression(catalogue, constant.value)
    }
    case 'operation': {
      const operation = catalogue.operations.get(expression.operation)
      if (operation && operationReadsLayer(catalogue, operation)) return true
      break
    }
    default:
  }
  return childrenOf(expression).some((child) => inExpression(catalogue, child))
}

function expressionsOf({ requires, out, weights, macs, costs }: PrimitiveRules): readonly Expression[] {
  return [
    ...requires.map(({ test }) => test),
    ...[out.height, out.width, out.channels, macs].flatMap((part) => part ?? []),
    ...weights.flatMap(({ shape, when }) => (when ? [...shape, when] : shape)),
    ...Object.values(costs),
  ]
}
