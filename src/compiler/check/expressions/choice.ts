import type { SourceLocation } from '../../diagnostics/diagnostic.js'
import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import type { LetSymbol } from '../../names/symbol.js'
import { walk } from '../../syntax/visit.js'
import { locationOf, resolutionOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from './expression.js'
import { foldNumber, foldOptions, keyOf, printFolded, type Option } from './fold.js'
import { operation, unknown, type Type } from '../types/type.js'

/** The type of one option; of a set of them where several may be taken. Operations that are taken together are summed. */
export function inferChoice(checker: Checker, choice: ast.ChoiceExpression): Type {
  if (checker.requires) checker.report.add('choice-in-require', locationOf(checker, choice), {})
  else if (checker.isFixed) checker.report.add('choice-without-space', locationOf(checker, choice), {})
  checkPer(checker, choice.per)
  const isSet = expectType(checker, choice.options, { type: 'set' })
  const type = inferExpression(checker, choice.options)
  const of = type.kind === 'set' ? type.of : unknown
  if (isSet) {
    const options = foldOptions(checker, choice.options)
    if (options !== undefined) checkOptions(checker, choice, options)
    checkArity(checker, choice.arity, options?.length, 'option', locationOf(checker, choice.options))
  }
  if (of.kind === 'operation') return operation
  return choice.arity === undefined || of.kind === 'unknown' ? of : { kind: 'set', of }
}

/** A `let` that is chosen has no value where nothing is chosen. */
export function checkChosen(checker: Checker, use: ast.NameExpression, symbol: LetSymbol): void {
  const chosen = checker.isFixed ? choiceIn(checker, symbol, new Set()) : undefined
  if (chosen === undefined) return
  const labels = [{ ...chosen, text: 'the choice' }]
  checker.report.add('choice-without-space', locationOf(checker, use), {}, { labels })
}

/** Where a choice stands in the value of a `let` outside of searches, or of another one that it speaks of. */
function choiceIn(checker: Checker, symbol: LetSymbol, seen: Set<LetSymbol>): SourceLocation | undefined {
  if (seen.has(symbol) || symbol.level === 'search') return undefined
  seen.add(symbol)
  let found: SourceLocation | undefined
  walk(symbol.declaration.value, (node) => {
    if (node.kind === 'choice') found ??= { file: symbol.location.file, span: node.span }
    if (node.kind !== 'name-expression') return
    const resolution = resolutionOf(checker, node.name)
    if (resolution?.kind === 'symbol' && resolution.symbol.kind === 'let')
      found ??= choiceIn(checker, resolution.symbol, seen)
  })
  return found
}

const scopes = ['space', 'cell', 'stage', 'layer']

function checkPer(checker: Checker, per: ast.Name | undefined): void {
  if (per === undefined || per.missing || scopes.includes(per.text)) return
  const location = locationOf(checker, per)
  checker.report.add(
    'unknown-scope',
    location,
    { name: per.text },
    {
      notes: [`a choice is made per ${scopes.join(', ')}`],
      ...suggest(per.text, scopes, location),
    },
  )
}

function checkOptions(checker: Checker, choice: ast.ChoiceExpression, options: readonly Option[]): void {
  if (options.length === 0) {
    checker.report.add('empty-choice', locationOf(checker, choice.options), {})
    return
  }
  const seen = new Map<string, Option>()
  for (const option of options) {
    if (option.value === undefined) continue
    const key = keyOf(option.value)
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, option)
      continue
    }
    const location: SourceLocation = { file: option.file, span: option.node.span }
    checker.report.add(
      'duplicate-option',
      location,
      { option: printFolded(option.value) },
      {
        labels:
          first.node === option.node ? [] : [{ file: first.file, span: first.node.span, text: 'the same option' }],
      },
    )
  }
}

/** An arity must be possible: no more than there are, the least no greater than the most. */
export function checkArity(
  checker: Checker,
  arity: ast.Arity | undefined,
  available: number | undefined,
  what: 'option' | 'source',
  of: SourceLocation,
): void {
  if (arity === undefined) return
  expectType(checker, arity.least, { type: 'int' })
  if (arity.most !== undefined) expectType(checker, arity.most, { type: 'int' })
  const least = foldNumber(checker, arity.least)
  const most = arity.most === undefined ? undefined : foldNumber(checker, arity.most)
  const location = locationOf(checker, arity)
  if (least !== undefined && least < 0) {
    checker.report.add('negative-arity', location, { least })
    return
  }
  if (least !== undefined && most !== undefined && most < least) {
    checker.report.add('empty-arity', location, { least, most })
    return
  }
  const expected = most !== undefined && available !== undefined && most > available ? most : least
  if (expected !== undefined && available !== undefined && expected > available) {
    checker.report.add(
      'arity-too-large',
      location,
      { wanted: expected, available, what: available === 1 ? what : `${what}s` },
      {
        labels: [{ ...of, text: `${available} ${available === 1 ? what : `${what}s`}` }],
      },
    )
  }
}
