import type { Label } from '../../diagnostics/diagnostic.js'
import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { foldString } from './fold.js'

/** What a parameter that is one of several words takes. */
export interface KnownWords {
  readonly name: string
  readonly words: readonly string[]
  readonly label?: Label
}

/** A string that is known must be one of the words; a param has its default. */
export function checkKnownValue(checker: Checker, value: ast.Expression, { name, words, label }: KnownWords): void {
  const found = foldString(checker, value)
  if (found === undefined || words.includes(found)) return
  const location = locationOf(checker, value)
  // Where a name stands for the word, the word is not there to be replaced.
  const isWritten = value.kind === 'string' || (value.kind === 'name-expression' && value.name.text === found)
  const near = suggest(found, words, location)
  checker.report.add(
    'not-one-of',
    location,
    { name, found, words: words.join(', ') },
    { labels: label === undefined ? [] : [label], ...(isWritten ? near : {}) },
  )
}
