import { functions } from '../../../space/expressions/functions.js'
import type { NamedSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { resolutionOf, type CallableSymbol, type Checker } from '../checker.js'
import { inferExpression } from './expression.js'

/** A value that is known without building anything; params have their defaults. */
export type Folded =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'operation'; readonly symbol: CallableSymbol; readonly arguments: ReadonlyMap<string, Folded> }

/** One option of a set, where it is written; without a value where that depends on the place or on another choice. */
export interface Option {
  readonly value?: Folded
  readonly node: ast.Expression
  readonly file: string
}

type Variables = ReadonlyMap<NamedSymbol, Folded>
const noVariables: Variables = new Map()

export function foldNumber(checker: Checker, expression: ast.Expression): number | undefined {
  const folded = fold(checker, expression, noVariables)
  return folded?.kind === 'number' ? folded.value : undefined
}

export function foldString(checker: Checker, expression: ast.Expression): string | undefined {
  const folded = fold(checker, expression, noVariables)
  return folded?.kind === 'string' ? folded.value : undefined
}

/** The options of a set; `undefined` where not even their number is known. */
export function foldOptions(
  checker: Checker,
  expression: ast.Expression,
  variables = noVariables,
): Option[] | undefined {
  switch (expression.kind) {
    case 'group':
      return foldOptions(checker, expression.inner, variables)
    case 'set':
      return expression.items.map((node) => optionOf(node, checker, fold(checker, node, variables)))
    case 'name-expression': {
      const resolution = resolutionOf(checker, expression.name)
      if (resolution?.kind !== 'symbol') return undefined
      return foldDefinition(checker, resolution.symbol, (there, value) => foldOptions(there, value))
    }
    case 'binary': {
      if (expression.operator !== '+' && expression.operator !== '-') return undefined
      const left = foldOptions(checker, expression.left, variables)
      const right = foldOptions(checker, expression.right, variables)
      if (left === undefined || right === undefined) return undefined
      // A union holds what is in both once, and says nothing of it.
      const keys = new Set((expression.operator === '+' ? left : right).map(({ value }) => value && keyOf(value)))
      const isNew = ({ value }: Option): boolean => value === undefined || !keys.has(keyOf(value))
      return expression.operator === '+' ? [...left, ...right.filter(isNew)] : left.filter(isNew)
    }
    case 'range':
      return foldRange(checker, expression, variables)
    case 'call':
      return foldCallOfSet(checker, expression, variables)
    case 'comprehension':
      return foldComprehension(checker, expression, 0, variables)
    default:
      return undefined
  }
}

/** `block(expand: 1)`: every operation of the set with this argument. */
function foldCallOfSet(checker: Checker, call: ast.CallExpression, variables: Variables): Option[] | undefined {
  const supplied = call.arguments.map(
    ({ label, value }) => [label?.text ?? '', fold(checker, value, variables)] as const,
  )
  return foldOptions(checker, call.callee, variables)?.map(({ value, node, file }) => {
    const found = value?.kind === 'operation' ? new Map(value.arguments) : undefined
    for (const [name, folded] of supplied) if (folded !== undefined) found?.set(name, folded)
    const isKnown = value?.kind === 'operation' && found !== undefined && supplied.every(([, folded]) => folded)
    return isKnown ? { value: { ...value, arguments: found }, node, file } : { node, file }
  })
}

function optionOf(node: ast.Expression, { file }: Checker, value: Folded | undefined): Option {
  return value === undefined ? { node, file } : { node, file, value }
}

/** More options than this are never unfolded one by one. */
const most = 100_000

function foldRange(checker: Checker, range: ast.RangeExpression, variables: Variables): Option[] | undefined {
  const from = fold(checker, range.from, variables)
  const to = fold(checker, range.to, variables)
  const step = range.step === undefined ? { kind: 'number' as const, value: 1 } : fold(checker, range.step, variables)
  if (from?.kind !== 'number' || to?.kind !== 'number' || step?.kind !== 'number' || step.value <= 0) return undefined
  const count = Math.floor((to.value - from.value) / step.value + 1e-9) + 1
  if (count > most) return undefined
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    optionOf(range, checker, { kind: 'number', value: from.value + index * step.value }),
  )
}

function foldComprehension(
  checker: Checker,
  expression: ast.ComprehensionExpression,
  depth: number,
  variables: Variables,
): Option[] | undefined {
  const binding = expression.bindings[depth]
  if (binding === undefined) return [optionOf(expression.body, checker, fold(checker, expression.body, variables))]
  const domain = foldOptions(checker, binding.domain, variables)
  const found: Option[] = []
  for (const { value } of domain ?? []) {
    const symbol = checker.program.references.declaredAt(binding.name)
    const inner = new Map(variables)
    if (value !== undefined && symbol !== undefined) inner.set(symbol, value)
    const options = foldComprehension(checker, expression, depth + 1, inner)
    if (options === undefined || found.length + options.length > most) return undefined
    found.push(...options)
  }
  return domain === undefined ? undefined : found
}

/** Folds what a let or param stands for; nothing if it is defined by itself, which is reported elsewhere. */
function foldDefinition<T>(
  checker: Checker,
  symbol: NamedSymbol,
  foldValue: (there: Checker, value: ast.Expression) => T | undefined,
): T | undefined {
  if (symbol.kind !== 'let' && symbol.kind !== 'param') return undefined
  if (checker.facts.folding.has(symbol)) return undefined
  checker.facts.folding.add(symbol)
  const there = { ...checker, file: symbol.location.file }
  const value = foldValue(there, symbol.kind === 'let' ? symbol.declaration.value : symbol.declaration.default)
  checker.facts.folding.delete(symbol)
  return value
}

function fold(checker: Checker, expression: ast.Expression, variables: Variables): Folded | undefined {
  switch (expression.kind) {
    case 'number':
      return { kind: 'number', value: expression.value }
    case 'boolean':
      return { kind: 'boolean', value: expression.value }
    case 'string':
      return { kind: 'string', value: expression.value }
    case 'group':
      return fold(checker, expression.inner, variables)
    case 'name-expression':
      return foldName(checker, expression, variables)
    case 'call':
      return foldCall(checker, expression, variables)
    case 'unary': {
      const operand = fold(checker, expression.operand, variables)
      if (expression.operator === '-' && operand?.kind === 'number') return { kind: 'number', value: -operand.value }
      if (expression.operator === 'not' && operand?.kind === 'boolean')
        return { kind: 'boolean', value: !operand.value }
      return undefined
    }
    case 'binary':
      return foldBinary(checker, expression, variables)
    default:
      return undefined
  }
}

function foldName(checker: Checker, expression: ast.NameExpression, variables: Variables): Folded | undefined {
  const resolution = resolutionOf(checker, expression.name)
  if (resolution?.kind === 'word') return { kind: 'string', value: resolution.text }
  if (resolution?.kind !== 'symbol') return undefined
  const { symbol } = resolution
  switch (symbol.kind) {
    case 'variable':
      return variables.get(symbol)
    case 'param':
    case 'let':
      return foldDefinition(checker, symbol, (there, value) => fold(there, value, noVariables))
    case 'operation':
    case 'primitive':
    case 'component':
      return foldArguments(checker, expression, variables)
    default:
      return undefined
  }
}

function foldCall(checker: Checker, call: ast.CallExpression, variables: Variables): Folded | undefined {
  const resolution = call.callee.kind === 'name-expression' ? resolutionOf(checker, call.callee.name) : undefined
  if (resolution?.kind === 'symbol') return foldArguments(checker, call, variables)
  const rule = resolution?.kind === 'function' ? functions[resolution.name] : undefined
  if (rule === undefined) return undefined
  const numbers = call.arguments.map(({ value }) => fold(checker, value, variables))
  const values = numbers.flatMap((each) => (each?.kind === 'number' ? [each.value] : []))
  return values.length === numbers.length ? { kind: 'number', value: rule.of(...values) } : undefined
}

/** An operation or component with all its arguments known; those that have their default are left out. */
function foldArguments(
  checker: Checker,
  expression: ast.NameExpression | ast.CallExpression,
  variables: Variables,
): Folded | undefined {
  inferExpression(checker, expression)
  const resolved = checker.facts.calls.get(expression)
  if (resolved === undefined) return undefined
  const found = new Map<string, Folded>()
  for (const [name, argument] of resolved.arguments) {
    const value = argument === 'flag' ? ({ kind: 'boolean', value: true } as const) : fold(checker, argument, variables)
    if (value === undefined) return undefined
    const parameter = resolved.symbol.declaration.parameters.find((each) => each.name.text === name)
    const there = { ...checker, file: resolved.symbol.location.file }
    const usual = parameter?.default === undefined ? undefined : fold(there, parameter.default, noVariables)
    if (usual === undefined || keyOf(usual) !== keyOf(value)) found.set(name, value)
  }
  return { kind: 'operation', symbol: resolved.symbol, arguments: found }
}

function foldBinary(checker: Checker, expression: ast.BinaryExpression, variables: Variables): Folded | undefined {
  const left = fold(checker, expression.left, variables)
  const right = fold(checker, expression.right, variables)
  if (left?.kind !== 'number' || right?.kind !== 'number') return undefined
  const value = arithmetic(expression.operator, left.value, right.value)
  return value === undefined ? undefined : { kind: 'number', value }
}

function arithmetic(operator: ast.BinaryOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? undefined : left / right
    case '%':
      return right === 0 ? undefined : left % right
    case '^':
      return left ** right
    default:
      return undefined
  }
}

/** Equal values have equal keys. */
export function keyOf(value: Folded): string {
  if (value.kind !== 'operation') return JSON.stringify(value.value)
  const list = [...value.arguments].map(([name, each]) => `${name}=${keyOf(each)}`).sort()
  return `${value.symbol.location.file}#${value.symbol.name}(${list.join()})`
}

/** As it would be written. */
export function printFolded(value: Folded): string {
  if (value.kind !== 'operation')
    return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value)
  const names = value.symbol.declaration.parameters.map(({ name }) => name.text)
  let positional = true
  const list = [...value.arguments].map(([name, each], index) => {
    positional &&= names[index] === name
    return positional ? printFolded(each) : `${name}: ${printFolded(each)}`
  })
  return list.length === 0 ? value.symbol.name : `${value.symbol.name}(${list.join(', ')})`
}
