import { printExpression, printNumber } from './print-expression.js'
import { isComponent, isList, isSpan, type PartialValue, type Thunk, type Value } from './value.js'

/**
 * A value as `.nas` text. Operations print in one way only: arguments in the order of the parameters, by position as long
 * as none is left out, defaults left out; so equal texts are equal values.
 */
export function printValue(value: Value): string {
  if (typeof value === 'number') return printNumber(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `{ ${value.map(printValue).join(', ')} }`
  if (isSpan(value)) return `${printValue(value.from)} to ${printValue(value.to)}`
  if (isComponent(value)) {
    const given = Object.entries(value.arguments).map(([name, argument]) => `${name}: ${printValue(argument)}`)
    return given.length === 0 ? value.component : `${value.component}(${given.join(', ')})`
  }
  switch (value.kind) {
    case 'identity':
      return 'identity'
    case 'closure':
      return printExpression(value.expression)
    case 'operation':
      return printPartial(value)
  }
}

function printPartial({ operation, arguments: given }: PartialValue): string {
  const parts: string[] = []
  let byPosition = true
  for (const parameter of operation.parameters) {
    const thunk = given[parameter.name]
    const text = thunk && printThunk(thunk)
    if (text === undefined || (parameter.default && text === printExpression(parameter.default))) {
      byPosition = false
      continue
    }
    parts.push(byPosition ? text : `${parameter.name}: ${text}`)
  }
  return parts.length === 0 ? operation.name : `${operation.name}(${parts.join(', ')})`
}

function printThunk(thunk: Thunk): string {
  return thunk.kind === 'known' ? printValue(thunk.value) : printExpression(thunk.expression)
}
