import type { Label, SourceLocation } from '../../diagnostics/diagnostic.js'
import { clausesOfKind, clauseKey, type PlacedClause } from '../../names/clauses.js'
import type { SearchSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { walk } from '../../syntax/visit.js'
import { resolutionOf, type Checker } from '../checker.js'

interface ReportedAt {
  readonly location: SourceLocation
  readonly labels: readonly Label[]
}

/**
 * Where to tell what is wrong with a clause in a search. Of a clause that it takes over, where it says so: the clause itself may
 * be right where it is written.
 */
export function reportedAt(
  checker: Checker,
  symbol: SearchSymbol,
  { search }: PlacedClause,
  node: ast.SyntaxNode<string>,
): ReportedAt {
  const written = { file: search.location.file, span: node.span }
  const { like } = symbol.declaration
  if (search === symbol || like === undefined) return { location: written, labels: [] }
  return {
    location: { file: checker.file, span: like.span },
    labels: [{ ...written, text: `taken over from ${search.name}` }],
  }
}

/** Clauses that are taken over may speak of a predictor, which must be there under its name. */
export function checkPredictorKept(checker: Checker, symbol: SearchSymbol, clauses: readonly PlacedClause[]): void {
  const [kept] = clausesOfKind(clauses, 'predictor')
  if (kept === undefined) return
  for (const placed of clauses) {
    if (placed.search === symbol) continue
    const lost = predictorsIn(checker, placed.clause).find(({ text }) => text !== kept.clause.name.text)
    if (lost === undefined) continue
    const { location, labels } = reportedAt(checker, symbol, placed, lost)
    const clause = clauseKey(placed.clause) ?? placed.clause.kind
    checker.report.add(
      'predictor-replaced',
      location,
      { clause, search: placed.search.name, name: lost.text, other: kept.clause.name.text },
      {
        labels: [
          ...labels,
          { file: kept.search.location.file, span: kept.clause.name.span, text: 'the predictor of this search' },
        ],
      },
    )
  }
}

/** The names in a clause that mean a predictor. */
function predictorsIn(checker: Checker, clause: ast.SearchClause): readonly ast.Name[] {
  const found: ast.Name[] = []
  walk(clause, (node) => {
    if (node.kind !== 'name-expression') return
    const resolution = resolutionOf(checker, node.name)
    if (resolution?.kind === 'symbol' && resolution.symbol.kind === 'predictor') found.push(node.name)
  })
  return found
}
