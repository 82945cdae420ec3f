import type * as ast from '../syntax/ast.js'
import { bindName, type Binder, type NameUse } from './binder.js'
import { bindRequiredPath } from './required-path.js'
import { nestedScope, type Resolution } from './scope.js'

/** Resolves every name of an expression. */
export function bindExpression(binder: Binder, expression: ast.Expression, use: NameUse = 'value'): void {
  if (binder.requires && bindRequiredPath(binder, expression)) return
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'missing':
      return
    case 'name-expression':
      bindName(binder, expression.name, use)
      return
    case 'field':
      bindExpression(binder, expression.target)
      return
    case 'index':
      bindExpression(binder, expression.target)
      bindExpression(binder, expression.index)
      return
    case 'call':
      bindCall(binder, expression)
      return
    case 'block':
      bindName(binder, expression.name, 'callee')
      bindExpression(binder, expression.body, 'callee')
      return
    case 'set':
    case 'tuple':
      for (const item of expression.items) bindExpression(binder, item, use)
      return
    case 'comprehension':
      bindComprehension(binder, expression)
      return
    case 'group':
      bindExpression(binder, expression.inner, use)
      return
    case 'unary':
      bindExpression(binder, expression.operand)
      return
    case 'binary':
      bindExpression(binder, expression.left)
      bindExpression(binder, expression.right)
      return
    case 'if':
      bindExpression(binder, expression.test)
      bindExpression(binder, expression.then, use)
      if (expression.otherwise !== undefined) bindExpression(binder, expression.otherwise, use)
      return
    case 'pipeline':
      for (const step of expression.steps) bindExpression(binder, step, 'callee')
      return
    case 'range':
      bindExpression(binder, expression.from)
      bindExpression(binder, expression.to)
      if (expression.step !== undefined) bindExpression(binder, expression.step)
      return
    case 'span':
      bindExpression(binder, expression.from)
      bindExpression(binder, expression.to)
      return
    case 'choice':
      bindArity(binder, expression.arity)
      bindExpression(binder, expression.options, use)
      return
    case 'phrase':
      bindPhrase(binder, expression, use)
  }
}

export function bindArity(binder: Binder, arity: ast.Arity | undefined): void {
  if (arity === undefined) return
  bindExpression(binder, arity.least)
  if (arity.most !== undefined) bindExpression(binder, arity.most)
}

function bindComprehension(binder: Binder, expression: ast.ComprehensionExpression): void {
  const variables = new Map<string, Resolution>()
  const inner: Binder = { ...binder, scope: nestedScope(variables, binder.scope) }
  for (const binding of expression.bindings) {
    // A domain sees the variables before it.
    bindExpression(inner, binding.domain)
    const symbol = {
      kind: 'variable',
      name: binding.name.text,
      location: { file: binder.file, span: binding.name.span },
      declaration: binding,
    } as const
    binder.references.declareAt(binding.name, symbol)
    const first = variables.get(symbol.name)
    if (first?.kind === 'symbol') {
      binder.report.add(
        'duplicate-name',
        symbol.location,
        { name: symbol.name },
        {
          label: 'declared again here',
          labels: [{ ...first.symbol.location, text: 'first declared here' }],
        },
      )
    } else if (symbol.name !== '') variables.set(symbol.name, { kind: 'symbol', symbol })
  }
  bindExpression(inner, expression.body, 'callee')
}

function bindCall(binder: Binder, call: ast.CallExpression): void {
  bindExpression(binder, call.callee, 'callee')
  bindArguments(binder, call)
}

/** The arguments of a call whose callee is resolved. */
export function bindArguments(binder: Binder, call: ast.CallExpression): void {
  const callee = call.callee.kind === 'name-expression' ? binder.references.resolutionOf(call.callee.name) : undefined
  let position = 0
  for (const argument of call.arguments) {
    const key = argument.label?.text ?? position
    if (argument.label === undefined) position += 1
    const use = useOf(binder, callee, key)
    if (argument.value.kind === 'phrase') bindPhrase(binder, argument.value, use, callee)
    else bindExpression(binder, argument.value, use)
  }
}

/** An argument may be a bare word where the component declares the parameter as a string. */
function useOf({ requires }: Binder, callee: Resolution | undefined, key: string | number): NameUse {
  // In a `require`, `sum` is one of numbers.
  if (callee?.kind === 'merge') return requires ? 'value' : 'callee'
  if (callee?.kind === 'cost') return 'word'
  if (callee?.kind !== 'symbol' || callee.symbol.kind !== 'component') return 'value'
  const parameters = callee.symbol.declaration.parameters
  const parameter = typeof key === 'number' ? parameters[key] : parameters.find(({ name }) => name.text === key)
  return parameter?.type?.text === 'string' || parameter?.words !== undefined ? 'text' : 'value'
}

/**
 * `best of 3 by batch_loss`: words say what they mean. The head may be the first of the words that together name a
 * component: `two disjoint paths` is `two_disjoint_paths`. Words behind a plain value belong to the call around it.
 */
function bindPhrase(binder: Binder, phrase: ast.PhraseExpression, use: NameUse, around?: Resolution): void {
  const { head, tails } = phrase
  if (head.kind === 'name-expression') {
    for (const { text, count } of joinedNames(phrase)) {
      const resolution = binder.scope.lookup(text)
      if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'component') continue
      binder.references.record(head.name, binder.file, resolution, binder.owner)
      bindTails(binder, tails.slice(count), resolution)
      return
    }
  }
  bindExpression(binder, head, use === 'value' && binder.calls === 'component' ? 'callee' : use)
  const named = head.kind === 'call' ? head.callee : head
  const own = named.kind === 'name-expression' ? binder.references.resolutionOf(named.name) : undefined
  bindTails(binder, tails, own?.kind === 'symbol' && own.symbol.kind === 'component' ? own : around)
}

/** @param owner whose arguments the tails are */
export function bindTails(binder: Binder, tails: readonly ast.PhraseTail[], owner?: Resolution): void {
  for (const { word, value } of tails) {
    if (value !== undefined) bindExpression(binder, value, useOf(binder, owner, word.text) === 'text' ? 'text' : 'word')
  }
}

/**
 * The head and the bare words right behind it, joined by `_`, the longest first: `two disjoint paths` may be the name
 * `two_disjoint_paths`. `count` is how many tails the words are.
 */
export function joinedNames(
  phrase: ast.PhraseExpression,
): readonly { readonly text: string; readonly count: number }[] {
  if (phrase.head.kind !== 'name-expression') return []
  const names: { readonly text: string; readonly count: number }[] = []
  let text = phrase.head.name.text
  for (const [index, { word, value }] of phrase.tails.entries()) {
    if (value !== undefined && value.kind !== 'name-expression') break
    text = [text, word.text, ...(value === undefined ? [] : [value.name.text])].join('_')
    names.unshift({ text, count: index + 1 })
  }
  return names
}
