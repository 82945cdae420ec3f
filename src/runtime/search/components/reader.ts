import { Failure } from '../../../catalogue/failure.js'
import type { Formula } from './formula.js'
import {
  isComponentUse,
  isFormula,
  isList,
  isSpan,
  printArgument,
  type Argument,
  type ComponentUse,
  type Span,
} from './component-use.js'
import type { NamedFile } from './named-file.js'

/** Bounds of a number, both ends included unless `above` stands in place of `least`. */
export interface Bounds {
  readonly least?: number
  readonly above?: number
  readonly most?: number
  readonly integer?: boolean
}

/** Reads the arguments of a component with checks; every method throws a Failure that names component and clause. */
export interface ArgumentReader {
  readonly clause: string
  has(name: string): boolean
  number(name: string, bounds?: Bounds): number
  boolean(name: string): boolean
  text(name: string): string
  /** A text that names a file. */
  file(name: string): NamedFile
  /** One of several words. */
  word<Word extends string>(name: string, known: readonly Word[]): Word
  /** Numbers and costs with operators between them. */
  formula(name: string): Formula
  /** A set or list of numbers; one number is a list of one. */
  numbers(name: string, bounds?: Bounds): readonly number[]
  span(name: string, bounds?: Bounds): Span
  pair(name: string, bounds?: Bounds): readonly [number, number]
  component(name: string): ComponentUse
  components(name: string): readonly ComponentUse[]
}

export function readArguments(use: ComponentUse, clause: string): ArgumentReader {
  const refuse = (argument: string, expected: string): never => refuseArgument(use, clause, argument, expected)
  const number = (name: string, value: Argument | undefined, bounds: Bounds): number => {
    if (typeof value !== 'number' || !fits(value, bounds)) return refuse(name, describe(bounds))
    return value
  }
  const text = (name: string): string => {
    const value = use.arguments[name]
    return typeof value === 'string' ? value : refuse(name, 'a text')
  }
  return {
    clause,
    has: (name) => use.arguments[name] !== undefined,
    number: (name, bounds = {}) => number(name, use.arguments[name], bounds),
    boolean(name) {
      const value = use.arguments[name]
      return typeof value === 'boolean' ? value : refuse(name, 'true or false')
    },
    text,
    file: (name) => ({ text: text(name), clause, component: use.component, argument: name }),
    word(name, known) {
      const value = use.arguments[name]
      const expected = known.map((each) => `"${each}"`).join(' or ')
      return known.find((each) => each === value) ?? refuse(name, expected)
    },
    formula(name) {
      const value = use.arguments[name]
      return value !== undefined && isFormula(value) ? value : refuse(name, 'an amount such as `macs / 1M`')
    },
    numbers(name, bounds = {}) {
      const value = use.arguments[name]
      if (value === undefined) return refuse(name, 'numbers such as `{3, 5, 7}`')
      return (isList(value) ? value : [value]).map((each) => number(name, each, bounds))
    },
    span(name, bounds = {}) {
      const value = use.arguments[name]
      if (typeof value === 'number') return { from: number(name, value, bounds), to: value }
      if (value === undefined || !isSpan(value)) return refuse(name, 'a span such as `0.025 to 0.001`')
      return { from: number(name, value.from, bounds), to: number(name, value.to, bounds) }
    },
    pair(name, bounds = {}) {
      const value = use.arguments[name]
      if (value === undefined || !isList(value) || value.length !== 2)
        return refuse(name, 'a pair such as `(0.5, 0.999)`')
      return [number(name, value[0], bounds), number(name, value[1], bounds)]
    },
    component(name) {
      const value = use.arguments[name]
      if (typeof value === 'number') return { component: 'constant', arguments: { value } }
      return value !== undefined && isComponentUse(value) ? value : refuse(name, 'a component of std:search')
    },
    components(name) {
      const value = use.arguments[name]
      if (value === undefined) return refuse(name, oneOrMore)
      return joined(value).map((item) => (isComponentUse(item) ? item : refuse(name, oneOrMore)))
    },
  }
}

function refuseArgument(use: ComponentUse, clause: string, argument: string, expected: string): never {
  const { component } = use
  const found = use.arguments[argument]
  if (found === undefined) throw new Failure('argument-missing', { argument, component, clause, expected })
  throw new Failure('wrong-argument', { argument, component, clause, found: printArgument(found), expected })
}

const oneOrMore = 'one or more components joined by `&`'

/** What `a & b` joins may be joined already: `let basic = crop(4) & flip`, `basic & cutout`. */
function joined(value: Argument): readonly Argument[] {
  return isList(value) ? value.flatMap(joined) : [value]
}

function fits(value: number, { least, above, most, integer }: Bounds): boolean {
  return (
    Number.isFinite(value) &&
    (least === undefined || value >= least) &&
    (above === undefined || value > above) &&
    (most === undefined || value <= most) &&
    (integer !== true || Number.isInteger(value))
  )
}

function describe({ least, above, most, integer }: Bounds): string {
  const parts = [integer === true ? 'a whole number' : 'a number']
  if (least !== undefined) parts.push(`of at least ${String(least)}`)
  if (above !== undefined) parts.push(`greater than ${String(above)}`)
  if (most !== undefined)
    parts.push(`${least === undefined && above === undefined ? 'of' : 'and'} at most ${String(most)}`)
  return parts.join(' ')
}
