import { aggregateIn, inferAggregate } from './aggregate.js'
import { functions } from '../../../space/expressions/functions.js'
import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import { suggest } from '../../diagnostics/suggest.js'
import { isStandard } from '../../modules/host.js'
import { joinedNames } from '../../names/expression.js'
import { wordOfComponent, type ComponentSymbol, type NamedSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { coverSpans } from '../../text/source.js'
import { checkCount, refuseLabels } from './argument-count.js'
import { checkConventionOf } from './convention.js'
import { costNamed } from './cost.js'
import { checkKnownValue } from './known-value.js'
import { inferCallOfSet } from './call-of-set.js'
import { resolutionOf, locationOf, type CallableSymbol, type Checker } from '../checker.js'
import { expectType, inferExpression } from './expression.js'
import { signatureOf } from './signature.js'
import { type SignatureParameter } from './signature.js'
import {
  describe,
  int,
  join,
  operation,
  operationWithout,
  real,
  unknown,
  type MissingArgument,
  type Type,
} from '../types/type.js'

/** An argument before it has found its parameter. */
export interface SuppliedArgument {
  readonly label?: ast.Name
  readonly value: ast.Expression | 'flag'
  readonly location: SourceLocation
}

export function inferCall(checker: Checker, call: ast.CallExpression): Type {
  const resolution = call.callee.kind === 'name-expression' ? resolutionOf(checker, call.callee.name) : undefined
  if (call.callee.kind === 'name-expression' && resolution === undefined) return inferArguments(checker, call)
  switch (resolution?.kind) {
    case 'symbol':
      if (isCallable(resolution.symbol)) {
        const supplied = call.arguments.flatMap((argument) => suppliedBy(checker, argument))
        const missing = matchArguments(checker, call, resolution.symbol, supplied, locationOf(checker, call.callee))
        return typeOfCallable(resolution.symbol, missing)
      }
      break
    case 'aggregate':
      return inferAggregate(checker, call, resolution.function)
    case 'function': {
      const aggregate = aggregateIn(checker, call)
      return aggregate ? inferAggregate(checker, call, aggregate) : inferFunction(checker, call, resolution.name)
    }
    case 'merge': {
      const aggregate = aggregateIn(checker, call)
      if (aggregate) return inferAggregate(checker, call, aggregate)
      refuseLabels(checker, call, resolution.merge)
      for (const argument of call.arguments) expectType(checker, argument.value, { type: 'operation' })
      if (call.arguments.length === 0) {
        checker.report.add('missing-argument', locationOf(checker, call), {
          callee: resolution.merge,
          name: 'the operations to merge',
        })
      }
      return operation
    }
    case 'cost':
      checkConventionOf(checker, call)
      return costNamed(checker, call)
    case 'form':
      if (resolution.form === 'image') {
        for (const argument of call.arguments) expectType(checker, argument.value, { type: 'int' })
        return { kind: 'image' }
      }
      if (resolution.form === 'same_width') return inferSameWidth(checker, call)
      break
    case 'unknown':
      return inferArguments(checker, call)
    default:
  }
  const type = inferExpression(checker, call.callee)
  if (isSetOfOperations(type)) return inferCallOfSet(checker, call, type)
  inferArguments(checker, call)
  if (type.kind !== 'unknown')
    checker.report.add('not-callable', locationOf(checker, call.callee), { found: describe(type) })
  return unknown
}

export function isSetOfOperations(type: Type | undefined): boolean {
  return type?.kind === 'set' && (type.of.kind === 'operation' || type.of.kind === 'unknown')
}

/** `same_width(through)`: one operation. */
function inferSameWidth(checker: Checker, call: ast.CallExpression): Type {
  for (const argument of call.arguments) expectType(checker, argument.value, { type: 'operation' })
  refuseLabels(checker, call, 'same_width')
  checkCount(checker, call, 'same_width', { least: 1, most: 1, text: '1 operation' })
  return operation
}

function inferArguments(checker: Checker, call: ast.CallExpression): Type {
  for (const argument of call.arguments) inferExpression(checker, argument.value)
  return unknown
}

export function isCallable(symbol: NamedSymbol): symbol is CallableSymbol {
  return (
    symbol.kind === 'operation' || symbol.kind === 'primitive' || symbol.kind === 'component' || symbol.kind === 'cell'
  )
}

function typeOfCallable(symbol: CallableSymbol, missing: readonly MissingArgument[]): Type {
  if (symbol.kind === 'component') return { kind: 'component', component: symbol.component }
  return symbol.kind === 'cell' ? { kind: 'thing', what: 'a cell' } : operationWithout(missing)
}

/** Words behind a value that takes none are further arguments of the call: `exponential(5, rate: 0.956 per epoch)`. */
function suppliedBy(checker: Checker, argument: ast.Argument): readonly SuppliedArgument[] {
  const { label, value } = argument
  const isPlain = value.kind === 'phrase' && componentIn(checker, value) === undefined
  const supplied = { value: isPlain ? value.head : value, location: locationOf(checker, argument) }
  const tails = isPlain ? value.tails.map((tail) => suppliedByTail(checker, tail)) : []
  return [label === undefined ? supplied : { label, ...supplied }, ...tails]
}

/** A callable that stands without parentheses: it takes its defaults. */
export function resolveBare(checker: Checker, use: ast.NameExpression, symbol: CallableSymbol): Type {
  return typeOfCallable(symbol, matchArguments(checker, use, symbol, [], locationOf(checker, use)))
}

/**
 * Finds the parameter of every argument, by position or by name, and checks its type. What is wrong is reported where
 * it stands, with the declaration as the second place. Returned is what an operation of a set needs beside.
 */
export function matchArguments(
  checker: Checker,
  call: ast.Expression | ast.ValueSetting,
  symbol: CallableSymbol,
  supplied: readonly SuppliedArgument[],
  callee: SourceLocation,
): readonly MissingArgument[] {
  if (checker.facts.calls.has(call)) return []
  const parameters = signatureOf(checker, symbol)
  const found = new Map<string, ast.Expression | 'flag'>()
  const locations = new Map<string, SourceLocation>()
  let position = 0
  let broken = false
  checker.facts.calls.set(call, { symbol, arguments: found })
  if (symbol.kind === 'component') warnOfPlanned(checker, symbol, callee)

  for (const argument of parameters[0]?.type === 'tuple' ? inTuple(checker, supplied) : supplied) {
    const parameter = argument.label === undefined ? parameters[position] : parameterNamed(parameters, argument.label)
    if (argument.label === undefined) position += 1
    if (parameter === undefined) {
      broken = true
      reportNoParameter(checker, symbol, parameters, argument)
      if (argument.value !== 'flag') inferExpression(checker, argument.value)
      continue
    }
    const earlier = locations.get(parameter.name)
    if (earlier !== undefined) {
      checker.report.add(
        'argument-twice',
        argument.location,
        { name: parameter.name },
        {
          labels: [{ ...earlier, text: 'given here first' }],
        },
      )
      continue
    }
    locations.set(parameter.name, argument.location)
    found.set(parameter.name, argument.value)
    checkArgument(checker, symbol, parameter, argument)
  }
  if (broken || checker.naming === true) return []
  const missing = parameters
    .filter(({ name, required }) => required && !found.has(name))
    .map(({ name, location }) => ({ operation: symbol.name, parameter: name, location: callee, declared: location }))
  if (isOperation(symbol) && call.kind !== 'value-setting' && checker.facts.members.has(call)) return missing
  for (const each of missing) reportMissing(checker, each)
  return []
}

/** The standard library speaks of what is planned in defaults of what is planned. */
function warnOfPlanned(
  checker: Checker,
  { name, component, declaration }: ComponentSymbol,
  location: SourceLocation,
): void {
  if (declaration.planned === undefined || isStandard(location.file)) return
  checker.report.add('not-available', location, { what: `the ${wordOfComponent(component)} ${name}` })
}

function isOperation({ kind }: CallableSymbol): boolean {
  return kind === 'operation' || kind === 'primitive'
}

export function reportMissing(checker: Checker, { operation, parameter, location, declared }: MissingArgument): void {
  const labels = [{ ...declared, text: `${operation} declares it here` }]
  checker.report.add('missing-argument', location, { callee: operation, name: parameter }, { labels })
}

/** What is given by position to a component that begins with a tuple is its items: `mlp(128, 64)`. */
function inTuple(checker: Checker, supplied: readonly SuppliedArgument[]): readonly SuppliedArgument[] {
  const items: ast.Expression[] = []
  for (const { label, value } of supplied) if (label === undefined && value !== 'flag') items.push(value)
  const [first] = items
  const last = items.at(-1)
  if (first === undefined || last === undefined) return supplied
  if (items.length === 1 && inferExpression(checker, first).kind === 'tuple') return supplied
  const tuple: ast.Expression = { kind: 'tuple', span: coverSpans(first.span, last.span), items }
  return [
    { value: tuple, location: locationOf(checker, tuple) },
    ...supplied.filter(({ label }) => label !== undefined),
  ]
}

function parameterNamed(parameters: readonly SignatureParameter[], label: ast.Name): SignatureParameter | undefined {
  return parameters.find(({ name }) => name === label.text)
}

function checkArgument(
  checker: Checker,
  symbol: CallableSymbol,
  parameter: SignatureParameter,
  argument: SuppliedArgument,
): void {
  if (argument.value === 'flag') {
    if (parameter.type === undefined || parameter.type === 'bool') return
    checker.report.add(
      'missing-value',
      argument.location,
      { name: parameter.name },
      {
        labels: [{ ...parameter.location, text: `${symbol.name} declares it here` }],
      },
    )
    return
  }
  if (parameter.type === undefined) {
    inferExpression(checker, argument.value)
    return
  }
  const { name, type, words } = parameter
  const text = `${name} of ${symbol.name} is declared here: ${words?.join(', ') ?? type}`
  const label = { ...parameter.location, text }
  if (!expectType(checker, argument.value, { type, label }) || words === undefined) return
  checkKnownValue(checker, argument.value, { name, words, label })
}

function reportNoParameter(
  checker: Checker,
  symbol: CallableSymbol,
  parameters: readonly SignatureParameter[],
  argument: SuppliedArgument,
): void {
  const names = parameters.map(({ name }) => name)
  const notes = [
    names.length === 0 ? `${symbol.name} takes no arguments` : `parameters of ${symbol.name}: ${names.join(', ')}`,
  ]
  const labels = [{ ...symbol.location, text: `${symbol.name} is declared here` }]
  if (argument.label === undefined) {
    checker.report.add(
      'too-many-arguments',
      argument.location,
      { callee: symbol.name, count: names.length },
      { labels, notes },
    )
    return
  }
  if (argument.label.missing) return
  const location = locationOf(checker, argument.label)
  checker.report.add(
    'unknown-argument',
    location,
    { callee: symbol.name, name: argument.label.text },
    {
      labels,
      notes,
      ...suggest(argument.label.text, names, location),
    },
  )
}

const roundings = ['ceil', 'floor', 'round', 'round8', 'round8_95']
const keepers = ['abs', 'min', 'max']
/** What has a gradient everywhere. */
const functionsOfCosts = ['log']

function inferFunction(checker: Checker, call: ast.CallExpression, name: string): Type {
  let type: Type = int
  let ofCost: Type | undefined
  refuseLabels(checker, call, name)
  for (const argument of call.arguments) {
    const found = inferExpression(checker, argument.value)
    if (found.kind === 'cost' && functionsOfCosts.includes(name)) ofCost = found
    else expectType(checker, argument.value, { type: 'real' })
    type = join(type, inferExpression(checker, argument.value)) ?? real
  }
  const rule = functions[name]
  if (rule !== undefined) {
    const numbers = rule.least === 1 ? '1 number' : `${rule.least} numbers`
    const text = rule.most === undefined ? `at least ${numbers}` : numbers
    checkCount(checker, call, name, { ...rule, text })
  }
  if (ofCost !== undefined) return ofCost
  return roundings.includes(name) ? int : keepers.includes(name) ? type : real
}

/**
 * Words behind an expression are arguments by name: `best of 3 by batch_loss` is `best(of: 3, by: batch_loss)`, a word
 * without a value is `true`. `4 by moco_v2` is `moco_v2(4)`: the head is the first argument of the component that a word
 * names.
 */
export function inferPhrase(checker: Checker, phrase: ast.PhraseExpression): Type {
  const component = componentIn(checker, phrase)
  if (component !== undefined) {
    const { symbol, supplied, name } = component
    matchArguments(checker, phrase, symbol, supplied, locationOf(checker, name))
    return { kind: 'component', component: symbol.component }
  }
  const type = inferExpression(checker, phrase.head)
  // What a decision takes is not known here, and takes no words all the same.
  if (type.kind !== 'unknown' || checker.requires) {
    const [first] = phrase.tails
    const found = type.kind === 'unknown' ? 'a decision' : describe(type)
    if (first !== undefined)
      checker.report.add('stray-words', locationOf(checker, first), { word: first.word.text, found })
  }
  return unknown
}

interface NamedComponent {
  readonly symbol: ComponentSymbol
  readonly supplied: readonly SuppliedArgument[]
  readonly name: ast.Name
}

/** The component that the words of a phrase name, with what they give it. */
function componentIn(checker: Checker, phrase: ast.PhraseExpression): NamedComponent | undefined {
  const { head, tails } = phrase
  const call = head.kind === 'call' ? head : undefined
  const named = call === undefined ? head : call.callee
  const own = named.kind === 'name-expression' ? componentNamed(checker, named.name) : undefined
  if (named.kind === 'name-expression' && own !== undefined) {
    // The binder took bare words as part of the name where `two disjoint paths` names a component.
    const { name } = named
    const words = own.name === name.text ? 0 : (joinedNames(phrase).find(({ text }) => text === own.name)?.count ?? 0)
    const supplied = [
      ...(call?.arguments ?? []).flatMap((argument) => suppliedBy(checker, argument)),
      ...tails.slice(words).map((tail) => suppliedByTail(checker, tail)),
    ]
    return { symbol: own, supplied, name }
  }
  for (const tail of tails) {
    if (tail.word.text !== 'by' || tail.value?.kind !== 'name-expression') continue
    const symbol = componentNamed(checker, tail.value.name)
    if (symbol === undefined) continue
    const others = tails.filter((other) => other !== tail).map((other) => suppliedByTail(checker, other))
    return {
      symbol,
      supplied: [{ value: head, location: locationOf(checker, head) }, ...others],
      name: tail.value.name,
    }
  }
  return undefined
}

function componentNamed(checker: Checker, name: ast.Name): ComponentSymbol | undefined {
  const resolution = resolutionOf(checker, name)
  return resolution?.kind === 'symbol' && resolution.symbol.kind === 'component' ? resolution.symbol : undefined
}

export function suppliedByTail(checker: Checker, tail: ast.PhraseTail): SuppliedArgument {
  return { label: tail.word, value: tail.value ?? 'flag', location: locationOf(checker, tail) }
}
