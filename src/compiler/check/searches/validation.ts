import { clausesOfKind, type PlacedClause } from '../../names/clauses.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import type { Checker } from '../checker.js'
import { wholeArchitectures } from '../declarations/extern.js'
import { derivationOf } from './derivation.js'
import { reportedAt } from './likeness.js'

/** Whoever judges architectures looks at images that trained nothing, so that a share must be kept for it. */
export function checkValidation(checker: Checker, symbol: SearchSymbol, clauses: readonly PlacedClause[]): void {
  if (clausesOfKind(clauses, 'validate').length > 0) return
  for (const placed of clausesOfKind(clauses, 'derive')) {
    for (const rule of placed.clause.rules) {
      const { by } = derivationOf(rule)
      const derivation = judging(checker, by)
      if (derivation === undefined) continue
      const { location, labels } = reportedAt(checker, symbol, placed, by)
      checker.report.add('judged-by-nothing', location, { name: derivation }, { labels })
    }
  }
}

function judging(checker: Checker, by: ast.Expression): string | undefined {
  const symbol = checker.facts.calls.get(by)?.symbol
  if (symbol?.kind !== 'component') return undefined
  const selects = symbol.declaration.rules.flatMap((rule) => (rule.kind === 'selects' ? [rule.count.text] : []))
  return selects.includes(wholeArchitectures) ? symbol.name : undefined
}
