import { functions } from '../../ir/elaborate/functions.js'
import type { Place } from '../diagnostics/diagnostic.js'
import { suggest } from '../diagnostics/suggest.js'
import { joinedNames } from '../names/expression.js'
import type { NamedSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { meaningOf, placeIn, type CallableSymbol, type Checker } from './checker.js'
import { expectType, inferExpression } from './expression.js'
import { signatureOf, type SignatureParameter } from './signature.js'
import { describe, int, join, number, operation, real, unknown, type Type } from './type.js'

/** An argument before it has found its parameter. */
export interface Given {
  readonly label?: ast.Name
  readonly value: ast.Expression | 'flag'
  readonly place: Place
}

export function inferCall(checker: Checker, call: ast.CallExpression): Type {
  const meaning = call.callee.kind === 'name-expression' ? meaningOf(checker, call.callee.name) : undefined
  if (call.callee.kind === 'name-expression' && meaning === undefined) return inferArguments(checker, call)
  switch (meaning?.kind) {
    case 'symbol':
      if (isCallable(meaning.symbol)) {
        const given = call.arguments.map((argument) => givenBy(checker, argument))
        matchArguments(checker, call, meaning.symbol, given, placeIn(checker, call.callee))
        return typeOfCallable(meaning.symbol)
      }
      break
    case 'function':
      return inferFunction(checker, call, meaning.name)
    case 'merge':
      for (const argument of call.arguments) expectType(checker, argument.value, { type: 'operation' })
      if (call.arguments.length === 0) {
        checker.report.add('missing-argument', placeIn(checker, call), {
          callee: meaning.merge,
          name: 'the operations to merge',
        })
      }
      return operation
    case 'cost':
      return number
    case 'form':
      if (meaning.form === 'image') {
        for (const argument of call.arguments) expectType(checker, argument.value, { type: 'int' })
        return { kind: 'image' }
      }
      if (meaning.form === 'same_width') return inferSameWidth(checker, call)
      break
    case 'unknown':
      return inferArguments(checker, call)
    default:
  }
  const type = inferExpression(checker, call.callee)
  inferArguments(checker, call)
  if (type.kind !== 'unknown')
    checker.report.add('not-callable', placeIn(checker, call.callee), { found: describe(type) })
  return unknown
}

/** `same_width(through)`: one operation. */
function inferSameWidth(checker: Checker, call: ast.CallExpression): Type {
  for (const argument of call.arguments) expectType(checker, argument.value, { type: 'operation' })
  const count = call.arguments.length
  if (count !== 1) {
    const place = placeIn(checker, call)
    checker.report.add('wrong-count', place, { callee: 'same_width', expected: '1 operation', found: count })
  }
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

function typeOfCallable(symbol: CallableSymbol): Type {
  if (symbol.kind === 'component') return { kind: 'component', component: symbol.component }
  return symbol.kind === 'cell' ? { kind: 'thing', what: 'a cell' } : operation
}

function givenBy(checker: Checker, argument: ast.Argument): Given {
  const place = placeIn(checker, argument)
  return argument.label === undefined
    ? { value: argument.value, place }
    : { label: argument.label, value: argument.value, place }
}

/** A callable that stands without parentheses: it takes its defaults. */
export function resolveBare(checker: Checker, use: ast.NameExpression, symbol: CallableSymbol): void {
  matchArguments(checker, use, symbol, [], placeIn(checker, use))
}

/**
 * Finds the parameter of every argument, by position or by name, and checks its type. What is wrong is reported where
 * it stands, with the declaration as the second place.
 */
export function matchArguments(
  checker: Checker,
  call: ast.Expression | ast.ValueSetting,
  symbol: CallableSymbol,
  given: readonly Given[],
  callee: Place,
): void {
  if (checker.facts.calls.has(call)) return
  const parameters = signatureOf(checker, symbol)
  const found = new Map<string, ast.Expression | 'flag'>()
  const places = new Map<string, Place>()
  let position = 0
  let broken = false
  checker.facts.calls.set(call, { symbol, arguments: found })

  for (const argument of given) {
    const parameter = argument.label === undefined ? parameters[position] : parameterNamed(parameters, argument.label)
    if (argument.label === undefined) position += 1
    if (parameter === undefined) {
      broken = true
      reportNoParameter(checker, symbol, parameters, argument)
      if (argument.value !== 'flag') inferExpression(checker, argument.value)
      continue
    }
    const earlier = places.get(parameter.name)
    if (earlier !== undefined) {
      checker.report.add(
        'argument-twice',
        argument.place,
        { name: parameter.name },
        {
          labels: [{ ...earlier, text: 'given here first' }],
        },
      )
      continue
    }
    places.set(parameter.name, argument.place)
    found.set(parameter.name, argument.value)
    checkArgument(checker, symbol, parameter, argument)
  }
  if (broken) return
  for (const parameter of parameters) {
    if (!parameter.required || found.has(parameter.name)) continue
    checker.report.add(
      'missing-argument',
      callee,
      { callee: symbol.name, name: parameter.name },
      {
        labels: [{ ...parameter.place, text: `${symbol.name} declares it here` }],
      },
    )
  }
}

function parameterNamed(parameters: readonly SignatureParameter[], label: ast.Name): SignatureParameter | undefined {
  return parameters.find(({ name }) => name === label.text)
}

function checkArgument(checker: Checker, symbol: CallableSymbol, parameter: SignatureParameter, argument: Given): void {
  if (argument.value === 'flag') {
    if (parameter.type === undefined || parameter.type === 'bool') return
    checker.report.add(
      'missing-value',
      argument.place,
      { name: parameter.name },
      {
        labels: [{ ...parameter.place, text: `${symbol.name} declares it here` }],
      },
    )
    return
  }
  if (parameter.type === undefined) {
    inferExpression(checker, argument.value)
    return
  }
  const text = `${parameter.name} of ${symbol.name} is declared here: ${parameter.type}`
  expectType(checker, argument.value, { type: parameter.type, label: { ...parameter.place, text } })
}

function reportNoParameter(
  checker: Checker,
  symbol: CallableSymbol,
  parameters: readonly SignatureParameter[],
  argument: Given,
): void {
  const names = parameters.map(({ name }) => name)
  const notes = [
    names.length === 0 ? `${symbol.name} takes no arguments` : `parameters of ${symbol.name}: ${names.join(', ')}`,
  ]
  const labels = [{ ...symbol.place, text: `${symbol.name} is declared here` }]
  if (argument.label === undefined) {
    checker.report.add(
      'too-many-arguments',
      argument.place,
      { callee: symbol.name, count: names.length },
      { labels, notes },
    )
    return
  }
  if (argument.label.missing) return
  const place = placeIn(checker, argument.label)
  checker.report.add(
    'unknown-argument',
    place,
    { callee: symbol.name, name: argument.label.text },
    {
      labels,
      notes,
      ...suggest(argument.label.text, names, place),
    },
  )
}

const roundings = ['ceil', 'floor', 'round', 'round8', 'round8_95']
const keepers = ['abs', 'min', 'max']

function inferFunction(checker: Checker, call: ast.CallExpression, name: string): Type {
  let type: Type = int
  for (const argument of call.arguments) {
    if (argument.label !== undefined) {
      const place = placeIn(checker, argument.label)
      checker.report.add(
        'unknown-argument',
        place,
        { callee: name, name: argument.label.text },
        {
          help: `${name} takes its arguments by position.`,
        },
      )
    }
    expectType(checker, argument.value, { type: 'real' })
    type = join(type, inferExpression(checker, argument.value)) ?? real
  }
  const rule = functions[name]
  const count = call.arguments.length
  if (rule !== undefined && (count < rule.least || count > (rule.most ?? Infinity))) {
    const numbers = rule.least === 1 ? '1 number' : `${rule.least} numbers`
    const wanted = rule.most === undefined ? `at least ${numbers}` : numbers
    checker.report.add('wrong-count', placeIn(checker, call), { callee: name, expected: wanted, found: count })
  }
  return roundings.includes(name) ? int : keepers.includes(name) ? type : real
}

/**
 * Words behind an expression are arguments by name: `best of 3 by batch_loss` is `best(of: 3, by: batch_loss)`, a word
 * without a value is `true`. `4 by moco_v2` is `moco_v2(4)`: the head is the first argument of the component that a word
 * names.
 */
export function inferPhrase(checker: Checker, phrase: ast.PhraseExpression): Type {
  const { head, tails } = phrase
  const call = head.kind === 'call' ? head : undefined
  const name =
    head.kind === 'name-expression' ? head.name : call?.callee.kind === 'name-expression' ? call.callee.name : undefined
  const meaning = name === undefined ? undefined : meaningOf(checker, name)
  if (name !== undefined && meaning?.kind === 'symbol' && meaning.symbol.kind === 'component') {
    // The binder took bare words as part of the name where `two disjoint paths` names a component.
    const { symbol } = meaning
    const words =
      symbol.name === name.text ? 0 : (joinedNames(phrase).find(({ text }) => text === symbol.name)?.count ?? 0)
    const given = [
      ...(call?.arguments ?? []).map((argument) => givenBy(checker, argument)),
      ...tails.slice(words).map((tail) => givenByTail(checker, tail)),
    ]
    matchArguments(checker, phrase, meaning.symbol, given, placeIn(checker, name))
    return { kind: 'component', component: meaning.symbol.component }
  }
  for (const tail of tails) {
    const value = tail.value
    const named = value?.kind === 'name-expression' ? meaningOf(checker, value.name) : undefined
    if (value === undefined || named?.kind !== 'symbol' || named.symbol.kind !== 'component') continue
    const others = tails.filter((other) => other !== tail).map((other) => givenByTail(checker, other))
    matchArguments(
      checker,
      phrase,
      named.symbol,
      [{ value: head, place: placeIn(checker, head) }, ...others],
      placeIn(checker, value),
    )
    return { kind: 'component', component: named.symbol.component }
  }
  const type = inferExpression(checker, head)
  if (type.kind !== 'unknown') {
    const [first] = tails
    if (first !== undefined) {
      checker.report.add('stray-words', placeIn(checker, first), { word: first.word.text, found: describe(type) })
    }
  }
  return unknown
}

export function givenByTail(checker: Checker, tail: ast.PhraseTail): Given {
  return { label: tail.word, value: tail.value ?? 'flag', place: placeIn(checker, tail) }
}
