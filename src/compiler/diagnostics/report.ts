import type { DiagnosticSlug, DiagnosticValues } from '../../catalogue/index.js'
import { createDiagnostic, type Diagnostic, type Extras, type Outcome, type SourceLocation } from './diagnostic.js'

/** What a stage reports into. */
export interface Report {
  /** Reports a diagnostic of the catalogue. */
  add<S extends DiagnosticSlug>(slug: S, location: SourceLocation, values: DiagnosticValues<S>, extras?: Extras): void
  /** Takes over what another stage has found. */
  include(diagnostics: readonly Diagnostic[]): void
  readonly diagnostics: readonly Diagnostic[]
  hasErrors(): boolean
  /** The result of the stage: its value and all that was reported. */
  outcome<T>(value: T): Outcome<T>
}

/** A new, empty report. The same slug at the same place is kept once. */
export function createReport(): Report {
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  const push = (diagnostic: Diagnostic): void => {
    const { slug, file, span, message } = diagnostic
    const key = JSON.stringify([slug, file, span.start, span.end, message])
    if (seen.has(key)) return
    seen.add(key)
    diagnostics.push(diagnostic)
  }
  return {
    add: (slug, location, values, extras) => push(createDiagnostic(slug, location, values, extras)),
    include: (found) => found.forEach(push),
    diagnostics,
    hasErrors: () => diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
    outcome: (value) => ({ value, diagnostics: [...diagnostics] }),
  }
}
