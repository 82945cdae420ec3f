import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.js'
import { moduleOf, type ModuleGraph } from '../modules/module-graph.js'
import type { Span } from '../text/source.js'

/** What the parser could not read of a file. */
interface Damage {
  /** Declarations with a syntax error in them. */
  readonly broken: readonly Span[]
  /** Names may have gone unread: of an import, of a declaration, or in what was skipped. */
  readonly namesLost: boolean
}

/**
 * Leaves out what only follows from text that could not be read: what is said of a declaration with a syntax error in it,
 * or with such a declaration as the second place; what depends on names, where some of them may have gone unread; and what
 * depends on a whole space where some declaration is broken.
 */
export function withoutCascadingErrors(graph: ModuleGraph, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const damages = new Map<string, Damage>()
  for (const file of new Set(diagnostics.filter(isUnread).map((each) => each.file))) {
    const errors = diagnostics.filter((each) => isUnread(each) && each.file === file)
    damages.set(file, damageOf(graph, file, errors))
  }
  if (damages.size === 0) return diagnostics
  const isBroken = ({ file, span }: SourceLocation): boolean =>
    damages.get(file)?.broken.some(({ start, end }) => start <= span.start && span.start <= end) ?? false
  return diagnostics.filter((each) => {
    if (isUnread(each) || each.severity !== 'error') return true
    if (each.slug === 'illegal-combination' || isBroken(each) || each.labels.some(isBroken)) return false
    return !(/^NAS[23]/.test(each.code) && damages.get(each.file)?.namesLost)
  })
}

function isUnread({ code, severity }: Diagnostic): boolean {
  return code.startsWith('NAS1') && severity === 'error'
}

/** A declaration owns the text up to the next one, whose first word may be what was found in place of its end. */
function damageOf(graph: ModuleGraph, file: string, errors: readonly Diagnostic[]): Damage {
  const syntax = moduleOf(graph, file)?.syntax
  const imports = new Set<Span>(syntax?.imports.map(({ span }) => span))
  const spans = [...imports, ...(syntax?.declarations.map(({ span }) => span) ?? [])].sort((a, b) => a.start - b.start)
  const broken = new Set<Span>()
  let namesLost = syntax?.declarations.some(({ name }) => name.missing) ?? false
  for (const { span, labels } of errors) {
    const position = labels[0]?.span.start ?? span.start - 1
    const around = spans.findLast(({ start }) => start <= position)
    if (around !== undefined && !imports.has(around)) broken.add(around)
    if (around === undefined || imports.has(around) || around.end < position) namesLost = true
  }
  return { broken: [...broken], namesLost }
}
