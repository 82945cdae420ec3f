import type * as ast from '../syntax/ast.js'
import type { SearchSymbol } from './symbol.js'

/** A clause that holds in a search, with the search in which it is written. */
export interface PlacedClause<C extends ast.SearchClause = ast.SearchClause> {
  readonly clause: C
  readonly search: SearchSymbol
}

/**
 * What a clause is about. Of two clauses with one subject, that of a search stands in place of the one of the search that it is
 * like; `let`s and stray components have none.
 */
export function clauseKey(clause: ast.SearchClause): string | undefined {
  switch (clause.kind) {
    case 'component-clause':
      return clause.clause
    case 'train':
      return `train ${clause.variables.text}`
    case 'scale':
      return `scale ${clause.name.text}`
    case 'override-setting':
    case 'value-setting':
    case 'block-setting':
      return clause.name.text
    case 'expression-setting':
    case 'let':
      return undefined
    default:
      return clause.kind
  }
}

/** The search itself, and before it those that it is like, the last one first. */
export function likenesses(
  likeOf: ReadonlyMap<SearchSymbol, SearchSymbol>,
  search: SearchSymbol,
): readonly SearchSymbol[] {
  const chain: SearchSymbol[] = []
  // What is like itself was reported when names were bound.
  for (
    let each: SearchSymbol | undefined = search;
    each !== undefined && !chain.includes(each);
    each = likeOf.get(each)
  )
    chain.unshift(each)
  return chain
}

/**
 * All clauses that hold in a search: its own, and those of the searches that it is like which it does not say anew. `retrain` and
 * `scale` are merged setting by setting: all of one name are there, and later ones win.
 */
export function clausesOf(
  likeOf: ReadonlyMap<SearchSymbol, SearchSymbol>,
  search: SearchSymbol,
): readonly PlacedClause[] {
  let clauses: readonly PlacedClause[] = []
  for (const each of likenesses(likeOf, search)) {
    const own = each.declaration.clauses.map((clause) => ({ clause, search: each }))
    const replacing = new Map(own.filter(replaces).map((placed) => [clauseKey(placed.clause), placed]))
    const kept = clauses.map((placed) => replacing.get(clauseKey(placed.clause)) ?? placed)
    clauses = [...kept, ...own.filter((placed) => !kept.includes(placed))]
  }
  return clauses
}

function replaces({ clause }: PlacedClause): boolean {
  return clause.kind !== 'retrain' && clause.kind !== 'scale' && clauseKey(clause) !== undefined
}

/** Those of one kind. */
export function clausesOfKind<Kind extends ast.SearchClause['kind']>(
  clauses: readonly PlacedClause[],
  kind: Kind,
): readonly PlacedClause<Extract<ast.SearchClause, { readonly kind: Kind }>>[] {
  type Found = PlacedClause<Extract<ast.SearchClause, { readonly kind: Kind }>>
  return clauses.filter((placed): placed is Found => placed.clause.kind === kind)
}
