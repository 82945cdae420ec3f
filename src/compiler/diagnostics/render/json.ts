import { linesOf, type Span } from '../../text/source.js'
import type { Severity } from '../../../catalogue/index.js'
import type { Confidence, Diagnostic } from '../diagnostic.js'
import type { SourceOf } from './sources.js'

/** Lines and columns count from 1, columns in UTF-16 units; `offset` counts from 0. The end is not part of the range. */
export interface JsonPosition {
  readonly line: number
  readonly column: number
  readonly offset: number
}
export interface JsonRange {
  readonly start: JsonPosition
  readonly end: JsonPosition
}

/** A diagnostic for programs: what `nasc check --json` prints under `diagnostics`. */
export interface JsonDiagnostic {
  readonly code: string
  readonly slug: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  readonly range: JsonRange
  readonly label?: string
  readonly labels: readonly { readonly file: string; readonly range: JsonRange; readonly text: string }[]
  readonly notes: readonly string[]
  readonly help?: string
  readonly fixes: readonly {
    readonly title: string
    readonly confidence: Confidence
    readonly edits: readonly { readonly file: string; readonly range: JsonRange; readonly text: string }[]
  }[]
}

export function toJsonDiagnostics(diagnostics: readonly Diagnostic[], sourceOf: SourceOf): JsonDiagnostic[] {
  return diagnostics.map((diagnostic) => toJsonDiagnostic(diagnostic, sourceOf))
}

function toJsonDiagnostic(diagnostic: Diagnostic, sourceOf: SourceOf): JsonDiagnostic {
  const { code, slug, severity, message, file, span, label, labels, notes, help, fixes } = diagnostic
  return {
    code,
    slug,
    severity,
    message,
    file,
    range: rangeOf(file, span, sourceOf),
    ...(label === undefined ? {} : { label }),
    labels: labels.map((entry) => ({
      file: entry.file,
      range: rangeOf(entry.file, entry.span, sourceOf),
      text: entry.text,
    })),
    notes,
    ...(help === undefined ? {} : { help }),
    fixes: fixes.map((fix) => ({
      title: fix.title,
      confidence: fix.confidence,
      edits: fix.edits.map((edit) => ({
        file: edit.file,
        range: rangeOf(edit.file, edit.span, sourceOf),
        text: edit.text,
      })),
    })),
  }
}

/** Where the file is not to be had (it is missing: that is the diagnostic), everything lies in its first line. */
function rangeOf(file: string, span: Span, sourceOf: SourceOf): JsonRange {
  const source = sourceOf(file)
  const position = (offset: number): JsonPosition => {
    const { line, column } = source === undefined ? { line: 0, column: offset } : linesOf(source).positionAt(offset)
    return { line: line + 1, column: column + 1, offset }
  }
  return { start: position(span.start), end: position(span.end) }
}
