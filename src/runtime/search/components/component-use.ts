import { isBinary, isCostUse, isUnary, printCost, type Formula } from './formula.js'

/**
 * Components of searches as plain data: what an evaluated expression of a search comes to. A plan is made of these, so
 * that it can be written into `run.json` as it is.
 */
export type Argument = boolean | string | readonly Argument[] | Span | Formula

/** `0.025 to 0.001`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** `cosine(0.025 to 0.001)`: a component of `std:search` by its name, and its arguments, the defaults filled in. */
export interface ComponentUse {
  readonly component: string
  readonly arguments: Readonly<Record<string, Argument>>
}

export function isSpan(argument: Argument): argument is Span {
  return typeof argument === 'object' && 'from' in argument && 'to' in argument
}

export function isComponentUse(argument: Argument): argument is ComponentUse {
  return typeof argument === 'object' && 'component' in argument
}

export function isFormula(argument: Argument): argument is Formula {
  if (typeof argument === 'number') return true
  return typeof argument === 'object' && !isList(argument) && !isSpan(argument)
}

/** As it would be written: `cosine(range: 0.025 to 0.001)`. */
export function printArgument(argument: Argument): string {
  if (typeof argument !== 'object') return String(argument)
  if (isList(argument)) return `(${argument.map(printArgument).join(', ')})`
  if (isSpan(argument)) return `${String(argument.from)} to ${String(argument.to)}`
  if (isCostUse(argument)) return printCost(argument)
  if (isBinary(argument))
    return `(${printArgument(argument.left)} ${argument.operator} ${printArgument(argument.right)})`
  if (isUnary(argument)) return `${argument.operator === 'minus' ? '-' : 'log'}(${printArgument(argument.operand)})`
  const supplied = Object.entries(argument.arguments).map(([name, value]) => `${name}: ${printArgument(value)}`)
  return supplied.length === 0 ? argument.component : `${argument.component}(${supplied.join(', ')})`
}

export function isList(argument: Argument): argument is readonly Argument[] {
  return Array.isArray(argument)
}
