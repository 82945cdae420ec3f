import { analysisCatalogue } from './analysis.js'
import { architecturesCatalogue } from './architectures.js'
import { backendCatalogue } from './backend.js'
import { clausesCatalogue } from './clauses.js'
import { commandLineCatalogue } from './command-line.js'
import { dataCatalogue } from './data.js'
import { domainsCatalogue } from './domains.js'
import { exportsCatalogue } from './exports.js'
import type { DiagnosticEntry, FailureEntry, ValuesOf } from './entry.js'
import { irCatalogue } from './ir.js'
import { lintCatalogue } from './lint.js'
import { measurementsCatalogue } from './measurements.js'
import { namesCatalogue } from './names.js'
import { programCatalogue } from './program.js'
import { resultsCatalogue } from './results.js'
import { runCatalogue } from './run.js'
import { samplersCatalogue } from './samplers.js'
import { searchCatalogue } from './search.js'
import { spaceCatalogue } from './space.js'
import { syntaxCatalogue } from './syntax.js'
import { typesCatalogue } from './types.js'

const diagnostics = {
  ...syntaxCatalogue,
  ...namesCatalogue,
  ...typesCatalogue,
  ...domainsCatalogue,
  ...clausesCatalogue,
  ...architecturesCatalogue,
  ...lintCatalogue,
}

const failures = {
  ...irCatalogue,
  ...spaceCatalogue,
  ...analysisCatalogue,
  ...backendCatalogue,
  ...dataCatalogue,
  ...runCatalogue,
  ...programCatalogue,
  ...searchCatalogue,
  ...samplersCatalogue,
  ...resultsCatalogue,
  ...measurementsCatalogue,
  ...exportsCatalogue,
  ...commandLineCatalogue,
}

export type DiagnosticSlug = keyof typeof diagnostics
export type FailureSlug = keyof typeof failures

/** What must be given to report a diagnostic. */
export type DiagnosticValues<S extends DiagnosticSlug> = ValuesOf<(typeof diagnostics)[S]>
/** What must be given to throw a failure. */
export type FailureValues<S extends FailureSlug> = ValuesOf<(typeof failures)[S]>

/** What the compiler finds in a program, by slug. */
export const diagnosticEntries: { readonly [S in DiagnosticSlug]: DiagnosticEntry } = diagnostics
/** What else a user can mend, by slug. */
export const failureEntries: { readonly [S in FailureSlug]: FailureEntry } = failures

export { fill, generally } from './entry.js'
export type { DiagnosticEntry, FailureEntry, Severity } from './entry.js'
