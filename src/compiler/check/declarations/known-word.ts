import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'

/** A word that is no name, such as `reached` or `epoch`, must be one of a few. */
export function checkKnownWord(checker: Checker, word: ast.Name, known: readonly string[]): void {
  if (word.missing || known.includes(word.text)) return
  const location = locationOf(checker, word)
  checker.report.add(
    'unknown-word',
    location,
    { word: word.text, known: known.join(', ') },
    suggest(word.text, known, location),
  )
}
