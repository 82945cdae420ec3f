import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { moduleOf, type ModuleGraph } from '../modules/module-graph.js'

/** What may only seem to be missing: the parser could not read it. */
const missing: ReadonlySet<string> = new Set(['space-without', 'search-without', 'node-without'])

/** Leaves out that a declaration lacks something where a syntax error stands in the same declaration. */
export function withoutEchoes(graph: ModuleGraph, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const unread = diagnostics.filter(({ code, severity }) => code.startsWith('NAS1') && severity === 'error')
  if (unread.length === 0) return diagnostics
  return diagnostics.filter((diagnostic) => {
    if (!missing.has(diagnostic.slug)) return true
    const around = moduleOf(graph, diagnostic.file)?.syntax.declarations.find(
      ({ span }) => span.start <= diagnostic.span.start && diagnostic.span.end <= span.end,
    )
    return !unread.some(
      ({ file, span }) =>
        around !== undefined &&
        file === diagnostic.file &&
        around.span.start <= span.start &&
        span.end <= around.span.end,
    )
  })
}
