import { printValue } from '../../../space/evaluation/print-value.js'
import { isComponent, isList, isOperation, isSpan, type Value } from '../../../space/evaluation/value.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Argument, ComponentUse } from '../components/component-use.js'

/** The plain data of an evaluated expression; an operation is its text. Throws a Failure that names the clause. */
export function argumentOf(value: Value, clause: string): Argument {
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map((item) => argumentOf(item, clause))
  if (isComponent(value)) return componentUseOf(value, clause)
  if (isSpan(value)) {
    const { from, to } = value
    if (typeof from === 'number' && typeof to === 'number') return { from, to }
    throw new Failure('span-of-no-numbers', { clause })
  }
  return printValue(value)
}

/** @throws Failure where the value is no component, naming the clause and the kind of component that it asks for. */
export function componentUseOf(value: Value, clause: string): ComponentUse {
  if (typeof value !== 'object' || isList(value) || !isComponent(value)) {
    const found = typeof value === 'object' && isOperation(value) ? 'an operation' : 'a plain value'
    throw new Failure('not-a-component', { clause, found })
  }
  const supplied = Object.entries(value.arguments).map(
    ([name, argument]) => [name, argumentOf(argument, clause)] as const,
  )
  return { component: shortName(value.component), arguments: Object.fromEntries(supplied) }
}

/** `std:search.cosine` -> `cosine`: implementations stand under the short name. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1)
}
