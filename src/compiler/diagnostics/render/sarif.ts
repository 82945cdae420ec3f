import type { Location, Log, ReportingDescriptor, Region, Result } from 'sarif'
import { diagnosticEntries, generally, type Severity } from '../../../catalogue/index.js'
import type { Diagnostic } from '../diagnostic.js'
import { toJsonDiagnostics, type JsonDiagnostic, type JsonRange } from './json.js'
import type { SourceOf } from './sources.js'

/**
 * SARIF 2.1.0 (OASIS), for code scanning: one run of one tool. Regions count lines and columns from 1, in UTF-16 units.
 *
 * @param version of nasc
 */
export function toSarif(diagnostics: readonly Diagnostic[], sourceOf: SourceOf, version: string): Log {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort()
  const results = toJsonDiagnostics(diagnostics, sourceOf).map((each) => resultOf(each, codes.indexOf(each.code)))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'nasc', version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}

function ruleOf(code: string): ReportingDescriptor {
  const [slug, entry] = Object.entries(diagnosticEntries).find(([, each]) => each.code === code) ?? []
  if (slug === undefined || entry === undefined) throw new Error(`${code} is not in the catalogue`)
  return {
    id: code,
    name: slug.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: withoutBraces(entry.message) },
    ...(entry.help === undefined ? {} : { help: { text: withoutBraces(entry.help) } }),
    defaultConfiguration: { level: levelOf(entry.severity) },
  }
}

function resultOf(diagnostic: JsonDiagnostic, ruleIndex: number): Result {
  const { code, severity, message, help, notes, file, range, labels, fixes } = diagnostic
  const text = [message, ...notes, ...(help === undefined ? [] : [help])].join('\n')
  return {
    ruleId: code,
    ruleIndex,
    level: levelOf(severity),
    message: { text },
    locations: [locationOf(file, range)],
    ...(labels.length === 0
      ? {}
      : {
          relatedLocations: labels.map((label, index) => ({
            id: index + 1,
            ...locationOf(label.file, label.range),
            message: { text: label.text },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [...new Set(edits.map((edit) => edit.file))].map((changed) => ({
              artifactLocation: { uri: uriOf(changed) },
              replacements: edits
                .filter((edit) => edit.file === changed)
                .map((edit) => ({ deletedRegion: regionOf(edit.range), insertedContent: { text: edit.text } })),
            })),
          })),
        }),
  }
}

function locationOf(file: string, range: JsonRange): Location {
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(range) } }
}

function regionOf({ start, end }: JsonRange): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A relative reference for a relative path; `std:nn` is a URI as it is. */
function uriOf(file: string): string {
  const encoded = file
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
  if (file.startsWith('std:')) return file
  return file.startsWith('/') ? `file://${encoded}` : encoded
}

function levelOf(severity: Severity): Result.level {
  return severity === 'information' ? 'note' : severity
}

/** `unknown name {name}` as a general statement: `unknown name NAME`. */
function withoutBraces(template: string): string {
  return generally(template, (name) => name.toUpperCase())
}
