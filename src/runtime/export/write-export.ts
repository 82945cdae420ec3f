import { Failure } from '../../catalogue/failure.js'
import { modelCard } from './card.js'
import type { NetworkFacts } from './facts.js'
import { exportFormats, type ExportFormatName } from './formats/index.js'
import type { ExportFormat } from './formats/format.js'
import type { InferenceProgram } from './inference/inference-program.js'
import { stage } from './place.js'
import { compareResults, type Expected, type Verification } from './verify/compare.js'
import type { ForeignResult } from './verify/foreign.js'

export interface ExportWork {
  readonly format: ExportFormatName
  /** File or folder; absent: the name of the architecture, here. */
  readonly out?: string
  readonly program: InferenceProgram
  readonly facts: NetworkFacts
  readonly expected: Expected
}

export interface WrittenExport {
  /** File, or folder. */
  readonly path: string
  readonly files: readonly string[]
  readonly verification: Verification
}

/**
 * Writes a network, has the program that the format is for run it, and puts it in place only if that gives what the network
 * gives here. What was there before stays where anything fails.
 *
 * @throws Failure NAS7651 where it computes something else, NAS7652 where the program refuses it, NAS7653, NAS7210 … NAS7212
 */
export async function writeExport({ format, out, program, facts, expected }: ExportWork): Promise<WrittenExport> {
  const { write, run, ending, use }: ExportFormat = exportFormats[format]
  const path = out ?? `${facts.name}${ending ?? `-${format}`}`
  const staged = stage(path, write(program, facts))
  try {
    const result = await foreign(format, () => run(staged.path, expected.sample, program))
    const verification = compareResults(format, expected, result)
    const files = staged.take(modelCard({ facts, format, use, verification }))
    return { path, files, verification }
  } finally {
    staged.discard()
  }
}

async function foreign(format: string, run: () => Promise<ForeignResult>): Promise<ForeignResult> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure('export-refused', { format, reason: error instanceof Error ? error.message : String(error) })
  }
}
