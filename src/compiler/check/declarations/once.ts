import type * as ast from '../../syntax/ast.js'
import { placeIn, type Checker } from '../checker.js'

/** What was said of things that may be said once. */
export interface Once<T> {
  /** Remembers the first of a key; a further one is reported, with the first as the second place. */
  add(key: string, item: T, clause?: string): void
  get(key: string): T | undefined
}

export function once<T extends ast.SyntaxNode<string>>(checker: Checker): Once<T> {
  const said = new Map<string, T>()
  return {
    get: (key) => said.get(key),
    add(key, item, clause = key) {
      const first = said.get(key)
      if (first === undefined) {
        said.set(key, item)
        return
      }
      const labels = [{ ...placeIn(checker, first), text: 'the first one' }]
      checker.report.add('clause-twice', placeIn(checker, item), { clause }, { labels })
    },
  }
}
