import { componentKinds, type ComponentKind } from '../../../ir/model/search.js'
import type { TypeName } from '../../../ir/model/operation.js'
import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import { describeComponent } from '../../names/symbol.js'

/** A parameter that an operation needs a value for and has not been given one. */
export interface MissingArgument {
  readonly operation: string
  readonly parameter: string
  /** Where the operation is written without it. */
  readonly location: SourceLocation
  /** Where the parameter is declared. */
  readonly declared: SourceLocation
}

/**
 * What architectures cost: `macs.expected`, of what the choices weigh; by its bare name, `macs`, of one architecture, with the
 * place where that stands.
 */
export interface CostType {
  readonly kind: 'cost'
  readonly bare?: { readonly name: string; readonly location: SourceLocation }
}

/** The type of an expression. `number` is a quotient of integers: whole or not, which only its value tells. */
export type Type =
  | { readonly kind: 'int' | 'real' | 'number' | 'bool' | 'string' | 'span' | 'feature-map' | 'image' }
  /** An operation of a set may leave out arguments that a call of the set gives to all of them. */
  | { readonly kind: 'operation'; readonly missing?: readonly MissingArgument[] }
  | { readonly kind: 'set'; readonly of: Type }
  | { readonly kind: 'tuple' }
  | CostType
  | { readonly kind: 'component'; readonly component: ComponentKind }
  /** What was reported already, or is known only when the program runs: fits everywhere. */
  | { readonly kind: 'unknown' }
  /** No value at all: a space, a node, … ; `what` with article. */
  | { readonly kind: 'thing'; readonly what: string }

export const unknown: Type = { kind: 'unknown' }
export const int: Type = { kind: 'int' }
export const real: Type = { kind: 'real' }
export const bool: Type = { kind: 'bool' }
export const string: Type = { kind: 'string' }
export const operation: Type = { kind: 'operation' }
export const number: Type = { kind: 'number' }

export const typeNames: readonly TypeName[] = [
  'int',
  'real',
  'bool',
  'string',
  'operation',
  'set',
  'tuple',
  'span',
  'cost',
  ...componentKinds,
]

export function typeNamed(text: string): TypeName | undefined {
  return typeNames.find((name) => name === text)
}

export function typeOfName(name: TypeName): Type {
  switch (name) {
    case 'set':
      return { kind: 'set', of: unknown }
    case 'int':
    case 'real':
    case 'bool':
    case 'string':
    case 'operation':
    case 'tuple':
    case 'span':
    case 'cost':
      return { kind: name }
    default:
      return { kind: 'component', component: name }
  }
}

/** The name of a type that a parameter can have. */
export function nameOfType(type: Type): TypeName | undefined {
  switch (type.kind) {
    case 'int':
    case 'real':
    case 'bool':
    case 'string':
    case 'operation':
    case 'tuple':
    case 'span':
    case 'set':
    case 'cost':
      return type.kind
    case 'number':
      return 'real'
    case 'component':
      return type.component
    default:
      return undefined
  }
}

export function isNumeric(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'real' || type.kind === 'number' || type.kind === 'unknown'
}

/** A whole number fits where a real one is asked for, and a number where a schedule is: a constant one. */
export function fits(found: Type, expected: TypeName): boolean {
  if (found.kind === 'unknown') return true
  switch (expected) {
    case 'int':
      return found.kind === 'int' || found.kind === 'number'
    case 'real':
      return isNumeric(found)
    case 'cost':
      return isNumeric(found) || found.kind === 'cost'
    case 'schedule':
      return isNumeric(found) || (found.kind === 'component' && found.component === 'schedule')
    case 'bool':
    case 'string':
    case 'operation':
    case 'set':
    case 'tuple':
    case 'span':
      return found.kind === expected
    default:
      return found.kind === 'component' && found.component === expected
  }
}

/** The type of either of two values, or nothing where they have none in common. */
export function join(left: Type, right: Type): Type | undefined {
  if (left.kind === 'unknown') return right
  if (right.kind === 'unknown') return left
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === 'real' || right.kind === 'real') return real
    return left.kind === 'number' ? left : right
  }
  if (left.kind === 'cost' && (right.kind === 'cost' || isNumeric(right)))
    return right.kind === 'cost' && right.bare ? right : left
  if (right.kind === 'cost' && isNumeric(left)) return right
  if (left.kind === 'set' && right.kind === 'set') {
    const of = join(left.of, right.of)
    return of === undefined ? undefined : { kind: 'set', of }
  }
  if (left.kind === 'component' && right.kind === 'component')
    return left.component === right.component ? left : undefined
  if (left.kind === 'operation' && right.kind === 'operation')
    return operationWithout([...missingIn(left), ...missingIn(right)])
  return left.kind === right.kind ? left : undefined
}

/** What operations, or those of a set, still need. */
export function missingIn(type: Type): readonly MissingArgument[] {
  if (type.kind === 'set') return missingIn(type.of)
  return type.kind === 'operation' ? (type.missing ?? []) : []
}

export function operationWithout(missing: readonly MissingArgument[]): Type {
  return missing.length === 0 ? operation : { kind: 'operation', missing: [...new Set(missing)] }
}

const described: Readonly<Record<Exclude<Type['kind'], 'set' | 'component' | 'thing'>, string>> = {
  int: 'an integer',
  real: 'a real number',
  number: 'a number',
  bool: 'a truth value',
  string: 'a string',
  operation: 'an operation',
  span: 'a span',
  tuple: 'a tuple',
  cost: 'a cost',
  'feature-map': 'a feature map',
  image: 'an image size',
  unknown: 'something unknown',
}

/** A type in words, with its article. */
export function describe(type: Type): string {
  switch (type.kind) {
    case 'set':
      return type.of.kind === 'unknown' ? 'a set' : `a set of ${plural(type.of)}`
    case 'component':
      return describeComponent(type.component)
    case 'thing':
      return type.what
    default:
      return described[type.kind]
  }
}

function plural(type: Type): string {
  const words = describe(type).replace(/^an? /, '')
  return type.kind === 'set' ? words.replace('set', 'sets') : `${words}s`
}

/** What a parameter of a type takes, in words, with article. */
export function describeName(name: TypeName): string {
  return name === 'schedule' ? 'a schedule or a number' : describe(typeOfName(name))
}
