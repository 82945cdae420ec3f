import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'

/** What was said of things that may be said once. */
export interface UniqueClauses<T> {
  /** Remembers the first of a key; a further one is reported, with the first as the second place. */
  add(key: string, item: T, clause?: string): void
  get(key: string): T | undefined
}

export function uniqueClauses<T extends ast.SyntaxNode<string>>(checker: Checker): UniqueClauses<T> {
  const clauses = new Map<string, T>()
  return {
    get: (key) => clauses.get(key),
    add(key, item, clause = key) {
      const first = clauses.get(key)
      if (first === undefined) {
        clauses.set(key, item)
        return
      }
      const labels = [{ ...locationOf(checker, first), text: 'the first one' }]
      checker.report.add('clause-twice', locationOf(checker, item), { clause }, { labels })
    },
  }
}
