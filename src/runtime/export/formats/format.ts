import type { NetworkFacts } from '../facts.js'
import type { InferenceProgram } from '../inference/inference-program.js'
import type { ForeignRun } from '../verify/foreign.js'

/** A file of an export. */
export interface ExportedFile {
  /** In the folder of the export; empty: the export is this file alone. */
  readonly name: string
  readonly content: Uint8Array | string
}

/** A format in which networks leave. */
export interface ExportFormat {
  /** Ending of the file that it is; absent: it is a folder. */
  readonly ending?: string
  readonly write: (program: InferenceProgram, facts: NetworkFacts) => readonly ExportedFile[]
  /** Runs images through what was written. */
  readonly run: ForeignRun
  /** What a reader must know of how it is used, as Markdown. */
  readonly use: string
}
