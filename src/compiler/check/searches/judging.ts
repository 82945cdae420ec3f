import type { PlacedClause } from '../../names/clauses.js'
import { clausesOfKind } from '../../names/clauses.js'
import type { ComponentSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import type { Checker } from '../checker.js'
import { wholeArchitectures } from '../declarations/extern.js'
import { derivationOf } from './derivation.js'

/** A derivation that judges whole architectures. */
export interface Judging {
  readonly derivation: ComponentSymbol
  /** By what a file says of them: nothing is trained for it, and no images are needed. */
  readonly readsFile: boolean
}

/** What a rule of `derive` judges by; undefined: it judges none. */
export function judgingOf(checker: Checker, by: ast.Expression, clauses: readonly PlacedClause[]): Judging | undefined {
  const call = checker.facts.calls.get(by)
  if (call?.symbol.kind !== 'component') return undefined
  const { symbol } = call
  const selects = symbol.declaration.rules.flatMap((rule) => (rule.kind === 'selects' ? [rule.count.text] : []))
  if (!selects.includes(wholeArchitectures)) return undefined
  const own = symbol.declaration.parameters.find(({ type }) => type?.text === 'score')
  const [clause] = clausesOfKind(clauses, 'component-clause').filter((placed) => placed.clause.clause === 'score')
  // Where the derivation does not say it, the search does.
  const score = (own && call.arguments.get(own.name.text)) ?? clause?.clause.value
  return { derivation: symbol, readsFile: score !== undefined && score !== 'flag' && needsFile(checker, score) }
}

/** Whether a search judges by what a file says alone. */
export function readsFileAlone(checker: Checker, clauses: readonly PlacedClause[]): boolean {
  return clausesOfKind(clauses, 'derive').some(({ clause }) =>
    clause.rules.some((rule) => judgingOf(checker, derivationOf(rule).by, clauses)?.readsFile === true),
  )
}

/** Whether a parameter of the score names a file that it needs. */
function needsFile(checker: Checker, score: ast.Expression): boolean {
  const symbol = checker.facts.calls.get(score)?.symbol
  return symbol?.kind === 'component' && symbol.declaration.rules.some((rule) => rule.kind === 'needs')
}
