import type { Outcome } from '../diagnostics/diagnostic.js'
import type { SyntaxFile } from '../syntax/ast.js'
import { parse } from '../syntax/parse.js'
import type { SourceText } from '../text/source.js'

interface CachedModule {
  readonly text: string
  readonly parsed: Outcome<SyntaxFile>
}

/** The modules of the standard library that were parsed last. They are the same for every program that a process compiles. */
const cache = new Map<string, CachedModule>()

/** {@link parse} for a module of the standard library: once per process, as long as its text stays the same. */
export function parseStandard(source: SourceText): Outcome<SyntaxFile> {
  const known = cache.get(source.path)
  if (known?.text === source.text) return known.parsed
  const parsed = parse(source)
  cache.set(source.path, { text: source.text, parsed })
  return parsed
}
