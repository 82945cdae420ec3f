import { architecturesCatalogue } from './architectures.js'
import { domainsCatalogue } from './domains.js'
import type { DiagnosticEntry, ValuesOf } from './entry.js'
import { lintCatalogue } from './lint.js'
import { namesCatalogue } from './names.js'
import { syntaxCatalogue } from './syntax.js'
import { typesCatalogue } from './types.js'

/** Every diagnostic of the compiler, by slug. */
const diagnostics = {
  ...syntaxCatalogue,
  ...namesCatalogue,
  ...typesCatalogue,
  ...domainsCatalogue,
  ...architecturesCatalogue,
  ...lintCatalogue,
}

export type DiagnosticSlug = keyof typeof diagnostics

/** What must be given to report a diagnostic. */
export type DiagnosticValues<S extends DiagnosticSlug> = ValuesOf<(typeof diagnostics)[S]>

export const diagnosticEntries: { readonly [S in DiagnosticSlug]: DiagnosticEntry } = diagnostics

export { fill } from './entry.js'
export type { DiagnosticEntry, Severity } from './entry.js'
