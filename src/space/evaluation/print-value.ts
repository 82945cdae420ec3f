import { isOpen, withoutOpenArguments } from '../expressions/open-arguments.js'
import { printExpression, printNumber } from '../expressions/print-expression.js'
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
  const settled = options.map(settledText)
  return settled.map((text, index) =>
    settled.indexOf(text) === settled.lastIndexOf(text) ? text : (texts[index] ?? text),
  )
}

/** A value without arguments of operations that are left open or depend on the place. */
export function settledText(value: Value): string {
  if (typeof value !== 'object' || isList(value) || !isOperation(value)) return printValue(value)
  switch (value.kind) {
    case 'identity':
      return printValue(value)
    case 'closure':
      return printExpression(withoutOpenArguments(value.expression))
    case 'operation':
      return printPartial(value, true)
  }
}

function printPartial({ operation, arguments: supplied }: PartialValue, settledOnly = false): string {
  const parts: string[] = []
  let byPosition = true
  for (const parameter of operation.parameters) {
    const thunk = supplied[parameter.name]
    const text = thunk && (settledOnly ? settledThunk(thunk) : printThunk(thunk))
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

function settledThunk(thunk: Thunk): string | undefined {
  return thunk.kind === 'known' ? settledText(thunk.value) : undefined
}

/** Whether {@link settledText} of a value means the same wherever it is read: no name in it is known at its place alone. */
export function isReadAnywhere(value: Value): boolean {
  if (isList(value)) return value.every(isReadAnywhere)
  if (!isOperation(value)) return true
  switch (value.kind) {
    case 'identity':
      return true
    case 'closure':
      return !isOpen(withoutOpenArguments(value.expression))
    case 'operation':
      return Object.values(value.arguments).every((thunk) => thunk.kind === 'delayed' || isReadAnywhere(thunk.value))
  }
}
