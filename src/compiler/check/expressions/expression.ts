import { decisionPath, headOfPath, isPathInRequire, ownsDecisions } from '../../names/decision-path.js'
import { holdsChoice } from '../../syntax/holds-choice.js'
import { suggest } from '../../diagnostics/suggest.js'
import type { Resolution } from '../../names/scope.js'
import { describeSymbol, type NamedSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { costType } from './amounts.js'
import { inferCall, inferPhrase, reportMissing, resolveBare } from './call.js'
import { resolutionOf, locationOf, type Checker, type ExpectedType } from '../checker.js'
import { checkChosen, inferChoice } from './choice.js'
import { inferBinary, inferUnary } from './operators.js'
import { costNamed, inferVariant, variantsOf } from './cost.js'
import { inferPipeline } from './pipeline.js'
import { parameterType } from './signature.js'
import {
  bool,
  describe,
  describeName,
  fits,
  int,
  join,
  missingIn,
  operation,
  real,
  string,
  typeNamed,
  typeOfName,
  unknown,
  type Type,
} from '../types/type.js'

/** The type of an expression. What is wrong in it is reported the first time it is asked for. */
export function inferExpression(checker: Checker, expression: ast.Expression): Type {
  const known = checker.facts.types.get(expression)
  if (known !== undefined) return known
  // A definition that leads back to itself was reported when names were bound.
  checker.facts.types.set(expression, unknown)
  const type = infer(checker, expression)
  checker.facts.types.set(expression, type)
  return type
}

/** Infers, and reports at the expression if the type does not fit. Says whether it does. */
export function expectType(checker: Checker, expression: ast.Expression, expected: ExpectedType): boolean {
  const found = inferExpression(checker, expression)
  if (fits(found, expected.type)) {
    for (const missing of missingIn(found)) reportMissing(checker, missing)
    return true
  }
  const help = helpFor(found, expected)
  checker.report.add(
    'wrong-type',
    locationOf(checker, expression),
    {
      expected: describeName(expected.type),
      found: describe(found),
    },
    {
      labels: expected.label === undefined ? [] : [expected.label],
      ...(help === undefined ? {} : { help }),
    },
  )
  return false
}

/** The value of a `let`: anything but what only has a name, such as a cell or a feature map. */
export function inferLet(checker: Checker, item: ast.LetDeclaration): void {
  const type = inferExpression(checker, item.value)
  const inner = type.kind === 'set' ? type.of : type
  if (inner.kind !== 'thing' && inner.kind !== 'feature-map' && inner.kind !== 'image') return
  checker.report.add('no-value', locationOf(checker, item.value), { found: describe(type) })
}

function helpFor(found: Type, expected: ExpectedType): string | undefined {
  if (expected.type === 'int' && found.kind === 'real') return 'Round it: round, floor, ceil or round8.'
  if (found.kind === 'set' && fits(found.of, expected.type))
    return 'For an open choice between these, write `one of` in front.'
  return undefined
}

function infer(checker: Checker, expression: ast.Expression): Type {
  const path = checker.requires && inferPathInRequire(checker, expression)
  if (path) return path
  switch (expression.kind) {
    case 'missing':
      return unknown
    case 'number':
      return Number.isInteger(expression.value) && !/[.%]|e-/i.test(expression.text) ? int : real
    case 'string':
      return string
    case 'boolean':
      return bool
    case 'name-expression':
      return inferName(checker, expression)
    case 'field':
      return inferField(checker, expression)
    case 'index':
      return inferIndex(checker, expression)
    case 'call':
      return inferCall(checker, expression)
    case 'block':
      expectType(checker, expression.body, { type: 'operation' })
      return operation
    case 'set':
      return { kind: 'set', of: inferItems(checker, expression.items) }
    case 'comprehension':
      for (const { domain } of expression.bindings) expectType(checker, domain, { type: 'set' })
      return { kind: 'set', of: inferMember(checker, expression.body) }
    case 'tuple':
      for (const item of expression.items) inferExpression(checker, item)
      return { kind: 'tuple' }
    case 'group':
      return inferExpression(checker, expression.inner)
    case 'unary':
      return inferUnary(checker, expression)
    case 'binary':
      return inferBinary(checker, expression)
    case 'if':
      return inferIf(checker, expression)
    case 'pipeline':
      return inferPipeline(checker, expression)
    case 'range':
      return { kind: 'set', of: inferNumbers(checker, [expression.from, expression.to, expression.step]) }
    case 'span':
      inferNumbers(checker, [expression.from, expression.to])
      return { kind: 'span' }
    case 'choice':
      return inferChoice(checker, expression)
    case 'phrase':
      return inferPhrase(checker, expression)
  }
}

function inferNumbers(checker: Checker, parts: readonly (ast.Expression | undefined)[]): Type {
  let type: Type = int
  for (const part of parts) {
    if (part === undefined) continue
    if (!expectType(checker, part, { type: 'real' })) type = unknown
    else type = join(type, inferExpression(checker, part)) ?? real
  }
  return type
}

/** An item of a set: what it needs beside may be given by a call of the set, and is asked for where the set is used. */
function inferMember(checker: Checker, item: ast.Expression): Type {
  let inner = item
  while (inner.kind === 'group') inner = inner.inner
  checker.facts.members.add(inner)
  return inferExpression(checker, item)
}

/** The common type of the items; the first that differs is reported. */
function inferItems(checker: Checker, items: readonly ast.Expression[]): Type {
  let common: Type = unknown
  let first: ast.Expression | undefined
  for (const item of items) {
    const type = inferMember(checker, item)
    const joined = join(common, type)
    if (joined === undefined) {
      checker.report.add(
        'mixed-set',
        locationOf(checker, item),
        { expected: describe(common), found: describe(type) },
        {
          labels: first === undefined ? [] : [{ ...locationOf(checker, first), text: describe(common) }],
        },
      )
      return unknown
    }
    common = joined
    first ??= item
  }
  return common
}

function inferIf(checker: Checker, expression: ast.IfExpression): Type {
  expectType(checker, expression.test, { type: 'bool' })
  const then = inferExpression(checker, expression.then)
  if (expression.otherwise === undefined) {
    if (fits(then, 'operation')) return operation
    checker.report.add('missing-else', locationOf(checker, expression), { found: describe(then) })
    return then
  }
  const otherwise = inferExpression(checker, expression.otherwise)
  const joined = join(then, otherwise)
  if (joined !== undefined) return joined
  checker.report.add(
    'branches-differ',
    locationOf(checker, expression.otherwise),
    {
      expected: describe(then),
      found: describe(otherwise),
    },
    { labels: [{ ...locationOf(checker, expression.then), text: describe(then) }] },
  )
  return unknown
}

function inferName(checker: Checker, expression: ast.NameExpression): Type {
  const resolution = resolutionOf(checker, expression.name)
  return resolution === undefined ? unknown : typeOfResolution(checker, expression, resolution)
}

function typeOfResolution(checker: Checker, expression: ast.NameExpression, resolution: Resolution): Type {
  switch (resolution.kind) {
    case 'symbol':
      return typeOfSymbol(checker, resolution.symbol, expression)
    case 'context':
      if (!checker.hasContext) {
        checker.report.add('no-place', locationOf(checker, expression), { name: resolution.name })
        return unknown
      }
      return resolution.name === 'standalone' || resolution.name === 'first' ? bool : int
    case 'cost':
      return costNamed(checker, expression)
    case 'edges':
      return int
    case 'word':
      return string
    case 'map':
      return { kind: 'feature-map' }
    case 'part':
      return unknown
    case 'aggregate':
      return { kind: 'thing', what: `the function \`${resolution.function}\`` }
    case 'form':
      return { kind: 'thing', what: `the form \`${resolution.form}\`` }
    case 'function':
    case 'merge':
      return { kind: 'thing', what: `the function \`${expression.name.text}\`` }
    case 'ambiguous':
    case 'unknown':
      return unknown
  }
}

function typeOfSymbol(checker: Checker, symbol: NamedSymbol, use: ast.NameExpression): Type {
  // What is declared elsewhere stands in no `require`.
  const elsewhere = { requires: undefined, aggregates: undefined, naming: checker.requires ? false : checker.naming }
  const there: Checker = { ...checker, ...elsewhere, file: symbol.location.file }
  switch (symbol.kind) {
    case 'param': {
      const { declaration } = symbol
      const named = declaration.type === undefined ? undefined : typeNamed(declaration.type.text)
      if (named !== undefined) return typeOfName(named)
      return inferExpression({ ...there, hasContext: false, isFixed: true }, declaration.default)
    }
    case 'let': {
      const { value } = symbol.declaration
      // A choice in it has the path that the name is: that is what is meant, and not the value.
      if (checker.requires && value.kind !== 'choice' && holdsChoice(value)) return unknown
      checkChosen(checker, use, symbol)
      return inferExpression(
        symbol.level === 'search'
          ? { ...there, hasContext: false }
          : { ...there, hasContext: true, isFixed: undefined },
        value,
      )
    }
    case 'operation':
    case 'primitive':
    case 'component':
      return resolveBare(checker, use, symbol)
    case 'parameter': {
      const type = parameterType(there, symbol.declaration)
      return type === undefined ? unknown : typeOfName(type)
    }
    case 'variable': {
      const domain = inferExpression(there, symbol.declaration.domain)
      return domain.kind === 'set' ? domain.of : unknown
    }
    case 'feature-map':
      return checker.requires ? string : { kind: 'feature-map' }
    case 'stage-property':
      return inferExpression(there, symbol.declaration.value)
    case 'predictor':
      return costType()
    case 'cell':
    case 'space':
    case 'search':
    case 'settings':
    case 'architecture':
    case 'node':
    case 'instance':
    case 'stage':
      return { kind: 'thing', what: describeSymbol(symbol) }
  }
}

const mapFields = ['height', 'width', 'channels']

function inferField(checker: Checker, expression: ast.FieldExpression): Type {
  const { target, name } = expression
  const variants = variantsOf(checker, target)
  if (variants !== undefined) return inferVariant(checker, expression, variants)
  if (target.kind === 'name-expression' && ownsDecisions(resolutionOf(checker, target.name))) return unknown
  if (target.kind === 'index' || target.kind === 'field') {
    inferExpression(checker, target)
    return unknown
  }
  const type = inferExpression({ ...checker, requires: undefined }, target)
  if (type.kind === 'unknown' || name.missing) return unknown
  const location = locationOf(checker, name)
  if (type.kind !== 'feature-map') {
    checker.report.add('no-fields', location, { found: describe(type), name: name.text })
    return unknown
  }
  if (!mapFields.includes(name.text)) {
    checker.report.add(
      'unknown-field',
      location,
      { name: name.text },
      {
        notes: [`a feature map has ${mapFields.join(', ')}`],
        ...suggest(name.text, mapFields, location),
      },
    )
    return unknown
  }
  return int
}

/** What a decision takes is not known here; `n[2]` is a source. */
function inferPathInRequire(checker: Checker, expression: ast.Expression): Type | undefined {
  const head = headOfPath(expression)
  const resolution = head && resolutionOf(checker, head.name)
  if (!resolution || !isPathInRequire(expression, resolution)) return undefined
  const path = decisionPath(expression, false)
  if ('wrong' in path) checker.report.add('index-of-path', locationOf(checker, path.wrong), {})
  const isMember = expression.kind === 'index' && expression.target.kind === 'name-expression'
  return isMember && resolution.kind === 'symbol' && resolution.symbol.kind === 'node' ? string : unknown
}

function inferIndex(checker: Checker, expression: ast.IndexExpression): Type {
  const { target } = expression
  const resolution = target.kind === 'name-expression' ? resolutionOf(checker, target.name) : undefined
  expectType(checker, expression.index, { type: 'int' })
  if (resolution?.kind === 'symbol' && ownsDecisions(resolution))
    return { kind: 'thing', what: describeSymbol(resolution.symbol) }
  if (target.kind === 'field' || target.kind === 'index') {
    inferExpression(checker, target)
    return unknown
  }
  const type = inferExpression(checker, target)
  if (type.kind !== 'unknown') checker.report.add('no-index', locationOf(checker, target), { found: describe(type) })
  return unknown
}
