import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runFiles, seriesFiles } from './file-names.js'
import { readRunFile, writeAtomically } from './files.js'
import type { Json } from './json.js'
import { lockRun } from './lock.js'
import { makeNewFolder, type NewFolder } from './new-folder.js'
import { parseFormatted } from './record.js'

/** The format of `seeds.json` that this version writes and reads. */
export const seriesFormat = 'nasc-seeds/1'

/**
 * `seeds.json`: what a series is, runs that differ in their seed alone. Written once, before the first of them begins. With the IR
 * beside it every run that has not begun yet can begin.
 */
export interface SeriesRecord {
  readonly format: typeof seriesFormat
  /** Name of the program's file. */
  readonly source: string
  readonly space: string
  readonly search: string
  readonly scale?: string
  /** What the user asked for (`--set`, `--scale`, …). */
  readonly options: Json
  /** In the order in which they run. */
  readonly seeds: readonly number[]
  readonly backend: string
  readonly threads: number
  readonly data: {
    /** As given to `--data`: `mnist`, or the full path of a folder. */
    readonly name: string
    /** File -> `sha256:…` of its content. */
    readonly checksums: Readonly<Record<string, string>>
    /** Images that cannot be decoded are left out. */
    readonly skipCorrupt?: boolean
  }
}

/** The folder of a series that this process alone works on. */
export interface SeriesDirectory {
  /** Full path. */
  readonly path: string
  readonly record: SeriesRecord
  /** Text of the sealed IR, for `openIr`. */
  readonly irText: string
  readonly irPath: string
  writeReport(html: string): void
  /** Gives the lock back. */
  close(): void
}

/** The run directory of a seed. */
export function seedFolder(series: string, seed: number): string {
  return join(series, seedName(seed))
}

/** Name of the run of a seed, and of its folder. */
export function seedName(seed: number): string {
  return `seed-${String(seed)}`
}

/** Whether a folder is that of a series, and not a run directory. */
export function isSeries(folder: string): boolean {
  return existsSync(join(folder, seriesFiles.record))
}

/** Whether the run in a folder has come so far that it can be resumed: `run.json` is written last. */
export function hasBegun(run: string): boolean {
  return existsSync(join(run, runFiles.record))
}

/**
 * Makes the folder of a series. `seeds.json` is written last: a folder that has it is complete.
 * @throws Failure NAS7201 or NAS7215 if the folder is not empty, NAS7210 … NAS7212
 */
export function createSeries(
  series: NewFolder & { readonly irText: string; readonly record: Omit<SeriesRecord, 'format'> },
): SeriesDirectory {
  const path = makeNewFolder(series, series.record)
  const release = lockRun(path)
  try {
    writeAtomically(join(path, seriesFiles.ir), [series.irText])
    const record: SeriesRecord = { format: seriesFormat, ...series.record }
    writeAtomically(join(path, seriesFiles.record), [`${JSON.stringify(record, null, 2)}\n`])
    return directoryOf(path, release)
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Opens a series to go on with it.
 * @throws Failure NAS7203 damaged, NAS7204 other format, NAS7206 in use, NAS7208 a file is missing
 */
export function openSeries(folder: string): SeriesDirectory {
  const path = resolve(folder)
  const release = lockRun(path)
  try {
    return directoryOf(path, release)
  } catch (error) {
    release()
    throw error
  }
}

function directoryOf(path: string, release: () => void): SeriesDirectory {
  const [recordPath, irPath] = [join(path, seriesFiles.record), join(path, seriesFiles.ir)]
  const record = parseFormatted<SeriesRecord>(readRunFile(recordPath), recordPath, seriesFormat, [
    ['source', 'string'],
    ['space', 'string'],
    ['search', 'string'],
    ['options', 'object'],
    ['seeds', 'object'],
    ['backend', 'string'],
    ['threads', 'number'],
    ['data', 'object'],
  ])
  return {
    path,
    record,
    irText: readRunFile(irPath),
    irPath,
    writeReport: (html) => writeAtomically(join(path, seriesFiles.report), [html]),
    close: release,
  }
}
