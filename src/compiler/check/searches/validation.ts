import { clausesOfKind, type PlacedClause } from '../../names/clauses.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type { Checker } from '../checker.js'
import { derivationOf } from './derivation.js'
import { judgingOf } from './judging.js'
import { reportedAt } from './likeness.js'

/** Whoever judges architectures looks at images that trained nothing, so that a share must be kept for it. */
export function checkValidation(checker: Checker, symbol: SearchSymbol, clauses: readonly PlacedClause[]): void {
  if (clausesOfKind(clauses, 'validate').length > 0) return
  for (const placed of clausesOfKind(clauses, 'derive')) {
    for (const rule of placed.clause.rules) {
      const { by } = derivationOf(rule)
      const judging = judgingOf(checker, by, clauses)
      if (judging === undefined || judging.readsFile) continue
      const { location, labels } = reportedAt(checker, symbol, placed, by)
      checker.report.add('judged-by-nothing', location, { name: judging.derivation.name }, { labels })
    }
  }
}
