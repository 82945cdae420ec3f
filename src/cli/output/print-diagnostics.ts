import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js'
import { renderGithub } from '../../compiler/diagnostics/render/github.js'
import { toJsonDiagnostics } from '../../compiler/diagnostics/render/json.js'
import { countFindings, renderPretty } from '../../compiler/diagnostics/render/pretty.js'
import { toSarif } from '../../compiler/diagnostics/render/sarif.js'
import type { Host } from '../../compiler/modules/host.js'
import { sourcesOf } from '../../compiler/modules/sources-of.js'
import { packageVersion } from '../../support/node/package-root.js'
import { printJson } from './print-failure.js'
import type { Terminal } from '../terminal.js'

export const findingFormats = ['text', 'json', 'sarif', 'github'] as const
export type FindingFormat = (typeof findingFormats)[number]

/** Diagnostics as the result of a command, on stdout: code frames and a count, one document, or annotations. */
export function printFindings(
  diagnostics: readonly Diagnostic[],
  host: Host,
  format: FindingFormat,
  terminal: Terminal,
): void {
  const sourceOf = sourcesOf(host)
  switch (format) {
    case 'json':
      printJson({ diagnostics: toJsonDiagnostics(diagnostics, sourceOf) }, terminal)
      return
    case 'sarif':
      printJson(toSarif(diagnostics, sourceOf, packageVersion()), terminal)
      return
    case 'github':
      terminal.out(renderGithub(diagnostics, sourceOf))
      return
    case 'text':
      if (diagnostics.length === 0) return
      terminal.out(`${renderPretty(diagnostics, sourceOf, { colour: terminal.outColour })}\n`)
      terminal.out(`${countFindings(diagnostics)}\n`)
  }
}

/** Diagnostics that keep a command from its work, on stderr; with `json` also the one document on stdout. */
export function printObstacles(
  diagnostics: readonly Diagnostic[],
  host: Host,
  json: boolean,
  terminal: Terminal,
): void {
  const sourceOf = sourcesOf(host)
  terminal.err(`${renderPretty(diagnostics, sourceOf, { colour: terminal.errColour })}\n`)
  terminal.err(`${countFindings(diagnostics)}\n`)
  if (json) printJson({ diagnostics: toJsonDiagnostics(diagnostics, sourceOf) }, terminal)
}
