import { dirname, relative } from 'node:path'
import type { Diagnostic, SourceLocation } from '../../compiler/diagnostics/diagnostic.js'
import type { Host } from '../../compiler/modules/host.js'
import type { SourceText } from '../../compiler/text/source.js'
import type { Span } from '../../compiler/text/source.js'

/** A text that is compiled behind another one. */
export interface AppendedText {
  /** Path of the module that is both. */
  readonly path: string
  /** Reads that module as the other text with this one at its end. */
  readonly host: Host
  /** Diagnostics with places in the text that they are about. */
  locate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[]
}

/** A text as if it stood at the end of another file, of which it may stand in place of some parts. */
export function appendedText(
  host: Host,
  file: string,
  source: SourceText,
  replaced: readonly Span[] = [],
): AppendedText {
  return textBehind(host, file, `${blanked(host.read(file) ?? '', replaced)}\n`, source)
}

/** All places stay where they are. */
function blanked(text: string, spans: readonly Span[]): string {
  return spans.reduce(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(start, end).replace(/[^\r\n]/gu, ' ') + rest.slice(end),
    text,
  )
}

/** A text as if it imported these names from another file as well. */
export function importingText(host: Host, file: string, names: readonly string[], source: SourceText): AppendedText {
  const path = relative(dirname(source.path), file)
  const reference = path.startsWith('.') ? path : `./${path}`
  return textBehind(host, source.path, `import { ${names.join(', ')} } from "${reference}" `, source)
}

function textBehind(host: Host, file: string, before: string, { path, text }: SourceText): AppendedText {
  // A byte order mark has no place in the middle.
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const moved = <T extends SourceLocation>(location: T): T => {
    const { start, end } = location.span
    if (location.file !== file || end < before.length) return location
    const shift = (offset: number): number => Math.max(0, offset - before.length) + mark
    return { ...location, file: path, span: { start: shift(start), end: shift(end) } }
  }
  return {
    path: file,
    host: { ...host, read: (each) => (each === file ? before + text.slice(mark) : host.read(each)) },
    locate: (diagnostics) =>
      diagnostics.map((diagnostic) => ({
        ...moved(diagnostic),
        labels: diagnostic.labels.map(moved),
        fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(moved) })),
      })),
  }
}
