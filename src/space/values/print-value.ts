import { printExpression, printNumber } from './print-expression.js'
import { isComponent, isList, isOperation, isSpan, type PartialValue, type Thunk, type Value } from './value.js'

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
    const supplied = Object.entries(value.arguments).map(([name, argument]) => `${name}: ${printValue(argument)}`)
    return supplied.length === 0 ? value.component : `${value.component}(${supplied.join(', ')})`
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

/**
 * Options of a decision as architectures name them: without the arguments that are left open or depend on the place, as long
 * as the others tell them apart.
 */
export function optionTexts(options: readonly Value[]): readonly string[] {
  const texts = options.map(printValue)
  if (!options.some(isUnsettled)) return texts
  const short = options.map((option) => (isUnsettled(option) ? printPartial(option, true) : printValue(option)))
  return short.map((text, index) => (short.indexOf(text) === short.lastIndexOf(text) ? text : (texts[index] ?? text)))
}

function isUnsettled(value: Value): value is PartialValue {
  if (typeof value !== 'object' || isList(value) || !isOperation(value) || value.kind !== 'operation') return false
  return Object.values(value.arguments).some(({ kind }) => kind === 'delayed')
}

function printPartial({ operation, arguments: supplied }: PartialValue, settledOnly = false): string {
  const parts: string[] = []
  let byPosition = true
  for (const parameter of operation.parameters) {
    const thunk = supplied[parameter.name]
    const text = thunk && (thunk.kind === 'known' || !settledOnly ? printThunk(thunk) : undefined)
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
