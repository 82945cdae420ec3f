import type { ExportResult } from '../options.js'
import type { NetworkFacts } from './facts.js'
import type { ExportFormatName } from './formats/index.js'
import type { WrittenExport } from './write-export.js'

/** What a caller is told of an export. */
export function exportResult(format: ExportFormatName, facts: NetworkFacts, written: WrittenExport): ExportResult {
  const { name, parameters, macs, origin } = facts
  return { ...written, format, name, weights: origin.weights, parameters, macs }
}
