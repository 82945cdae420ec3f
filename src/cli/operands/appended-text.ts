import type { Diagnostic, SourceLocation } from '../../compiler/diagnostics/diagnostic.js'
import type { Host } from '../../compiler/modules/host.js'
import type { SourceText } from '../../compiler/text/source.js'

/** A text that is compiled as if it stood at the end of another file. */
export interface AppendedText {
  /** Reads the other file with the text at its end. */
  readonly host: Host
  /** Diagnostics with places in the text that they are about. */
  locate(diagnostics: readonly Diagnostic[]): readonly Diagnostic[]
}

export function appendedText(host: Host, file: string, { path, text }: SourceText): AppendedText {
  const before = `${host.read(file) ?? ''}\n`
  // A byte order mark has no place in the middle.
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const moved = <T extends SourceLocation>(location: T): T => {
    const { start, end } = location.span
    if (location.file !== file || end < before.length) return location
    const shift = (offset: number): number => Math.max(0, offset - before.length) + mark
    return { ...location, file: path, span: { start: shift(start), end: shift(end) } }
  }
  return {
    host: { ...host, read: (each) => (each === file ? before + text.slice(mark) : host.read(each)) },
    locate: (diagnostics) =>
      diagnostics.map((diagnostic) => ({
        ...moved(diagnostic),
        labels: diagnostic.labels.map(moved),
        fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(moved) })),
      })),
  }
}
