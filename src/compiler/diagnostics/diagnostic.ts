import {
  diagnosticEntries,
  fill,
  type DiagnosticSlug,
  type DiagnosticValues,
  type Severity,
} from '../../catalogue/index.js'
import type { Span } from '../text/source.js'

/** A place in a file of the program. */
export interface SourceLocation {
  readonly file: string
  readonly span: Span
}

/** A second place that belongs to the matter, with what there is to say of it. */
export interface Label extends SourceLocation {
  readonly text: string
}

export interface TextEdit extends SourceLocation {
  readonly text: string
}

/** `safe` keeps the meaning, `likely` is probably what was meant, `ask` needs a human decision. */
export type Confidence = 'safe' | 'likely' | 'ask'

export interface Fix {
  /** In the imperative: `change to sep_conv`. */
  readonly title: string
  readonly edits: readonly TextEdit[]
  readonly confidence: Confidence
}

/** What is wrong, where, why, and what to do: data that every renderer reads. */
export interface Diagnostic extends SourceLocation {
  readonly code: string
  readonly slug: DiagnosticSlug
  readonly severity: Severity
  readonly message: string
  /** Shown under the carets of `span`. */
  readonly label?: string
  readonly labels: readonly Label[]
  readonly notes: readonly string[]
  readonly help?: string
  readonly fixes: readonly Fix[]
}

/** The result of a stage: always a value, however broken the input, and what there is to say of it. */
export interface Outcome<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/** What a diagnostic can have beside its place and the values of its template. */
export interface Extras {
  readonly label?: string
  readonly labels?: readonly Label[]
  readonly notes?: readonly string[]
  /** In place of the catalogue's help. */
  readonly help?: string
  readonly fixes?: readonly Fix[]
}

/** Makes a diagnostic of the catalogue; the values must fill the placeholders of its templates. */
export function createDiagnostic<S extends DiagnosticSlug>(
  slug: S,
  location: SourceLocation,
  values: DiagnosticValues<S>,
  extras: Extras = {},
): Diagnostic {
  const entry = diagnosticEntries[slug]
  const help = extras.help ?? (entry.help === undefined ? undefined : fill(entry.help, values))
  return {
    code: entry.code,
    slug,
    severity: entry.severity,
    message: fill(entry.message, values),
    file: location.file,
    span: location.span,
    ...(extras.label === undefined ? {} : { label: extras.label }),
    labels: extras.labels ?? [],
    notes: extras.notes ?? [],
    ...(help === undefined ? {} : { help }),
    fixes: extras.fixes ?? [],
  }
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}

/** In the order of files given (others after them by name), then of the text. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], files: readonly string[] = []): Diagnostic[] {
  const rank = (file: string): number => {
    const index = files.indexOf(file)
    return index < 0 ? files.length : index
  }
  const compareFiles = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
  return [...diagnostics].sort(
    (left, right) =>
      rank(left.file) - rank(right.file) ||
      compareFiles(left.file, right.file) ||
      left.span.start - right.span.start ||
      left.span.end - right.span.end,
  )
}
