import { existsSync, mkdirSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import {
  loadNewestCheckpoint,
  removeUnfinished,
  saveCheckpoint,
  type Checkpoint,
  type DamagedCheckpoint,
  type StoredCheckpoint,
} from './checkpoint.js'
import type { JournalEvent } from './events.js'
import { Failure } from '../../catalogue/failure.js'
import { readRunFile, writeAtomically } from './files.js'
import { effectiveEvents, openJournal, readJournal } from './journal.js'
import { lockRun } from './lock.js'
import { parseRecord, parseSplit, runFormat, type RunRecord, type SplitRecord } from './record.js'
import { makeNewFolder, type NewFolder } from './new-folder.js'
import { runFiles, seriesFiles } from './file-names.js'

export { runFiles }

/** A run directory as anyone may read it. */
export interface RunReader {
  /** Full path. */
  readonly path: string
  readonly record: RunRecord
  /** Text of the sealed IR, for `openIr`. */
  readonly irText: string
  readonly irPath: string
  readonly split: SplitRecord
  /** The events that count: those that a resume made void are left out. */
  events(): readonly JournalEvent[]
  /** @throws Failure NAS7209 if there are checkpoints and none is intact */
  newestCheckpoint():
    { readonly checkpoint: StoredCheckpoint; readonly damaged: readonly DamagedCheckpoint[] } | undefined
}

/** A run directory that this process alone may write to. */
export interface RunDirectory extends RunReader {
  append(event: JournalEvent): void
  /**
   * Flushes the journal, saves, and keeps the last `keep` checkpoints (default 3).
   * @returns path of the checkpoint relative to the run directory
   */
  saveCheckpoint(checkpoint: Checkpoint, keep?: number): string
  /** @returns path relative to the run directory, `architectures/<name>.nas` */
  writeArchitecture(name: string, text: string): string
  writeReport(html: string): void
  /** Flushes the journal and gives the lock back. */
  close(): void
}

export interface NewRun extends NewFolder {
  readonly irText: string
  readonly split: SplitRecord
  readonly record: Omit<RunRecord, 'format' | 'name'>
}

/**
 * Makes a run directory. `run.json` is written last: a folder that has it is complete.
 * @throws Failure NAS7201 or NAS7215 if the folder is not empty, NAS7210 … NAS7212
 */
export function createRun(run: NewRun): RunDirectory {
  const path = makeNewFolder(run, run.record)
  const release = lockRun(path)
  try {
    mkdirSync(join(path, runFiles.checkpoints))
    mkdirSync(join(path, runFiles.architectures))
    writeAtomically(join(path, runFiles.ir), [run.irText])
    writeAtomically(join(path, runFiles.split), [`${JSON.stringify(run.split)}\n`])
    writeAtomically(join(path, runFiles.journal), [])
    const record: RunRecord = { format: runFormat, name: basename(path), ...run.record }
    writeAtomically(join(path, runFiles.record), [`${JSON.stringify(record, null, 2)}\n`])
    return writable(readRun(path), release)
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Opens a run to go on with it: takes its lock and removes what a kill left half-written.
 * @throws Failure NAS7202 … NAS7208
 */
export function openRun(folder: string, expected: { irHash?: string } = {}): RunDirectory {
  readRun(folder, expected)
  const path = resolve(folder)
  const release = lockRun(path)
  try {
    removeUnfinished(path)
    removeUnfinished(join(path, runFiles.checkpoints))
    return writable(readRun(path, expected), release)
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Opens a run to read it, also while another process works on it. Changes nothing.
 * @param expected the IR that the run must have been made from
 * @throws Failure NAS7202 not a run directory, NAS7203 damaged, NAS7204 other format, NAS7205 other space, NAS7208 missing
 */
export function readRun(folder: string, expected: { irHash?: string } = {}): RunReader {
  const path = resolve(folder)
  const recordPath = join(path, runFiles.record)
  requireRunFolder(folder, path, recordPath)
  const record = parseRecord(readRunFile(recordPath), recordPath)
  if (expected.irHash !== undefined && expected.irHash !== record.irHash) {
    const [found, asked] = [short(record.irHash), short(expected.irHash)]
    throw new Failure('run-of-other-space', { folder, source: record.source, found, expected: asked })
  }
  const irPath = join(path, runFiles.ir)
  const irText = readRunFile(irPath)
  const stored = storedHash(irText, irPath)
  if (stored !== record.irHash) {
    const reason = `its hash is ${short(stored)}, and ${recordPath} says ${short(record.irHash)}`
    throw new Failure('damaged-run-file', { file: irPath, reason })
  }
  const splitPath = join(path, runFiles.split)
  const checkpoints = join(path, runFiles.checkpoints)
  if (!existsSync(checkpoints)) throw new Failure('run-file-missing', { file: checkpoints })
  return {
    path,
    record,
    irText,
    irPath,
    split: parseSplit(readRunFile(splitPath), splitPath),
    events: () => effectiveEvents(readJournal(join(path, runFiles.journal))),
    newestCheckpoint: () => loadNewestCheckpoint(checkpoints),
  }
}

function writable(reader: RunReader, release: () => void): RunDirectory {
  const { path } = reader
  const journal = openJournal(join(path, runFiles.journal))
  return {
    ...reader,
    append: (event) => journal.append(event),
    saveCheckpoint(checkpoint, keep = 3) {
      // The journal first: a checkpoint never tells of lines that a power cut could still take away.
      journal.flush()
      return relative(path, saveCheckpoint(join(path, runFiles.checkpoints), checkpoint, journal.lines, keep))
    },
    writeArchitecture(name, text) {
      const file = join(runFiles.architectures, `${name}.nas`)
      writeAtomically(join(path, file), [text])
      return file
    },
    writeReport: (html) => writeAtomically(join(path, runFiles.report), [html]),
    close() {
      journal.flush()
      journal.close()
      release()
    },
  }
}

function requireRunFolder(asked: string, path: string, recordPath: string): void {
  if (existsSync(recordPath)) return
  const reason = !existsSync(path)
    ? 'there is no such folder'
    : existsSync(join(path, seriesFiles.record))
      ? 'it holds several, one for each seed'
      : `it has no ${runFiles.record}`
  throw new Failure('not-a-run', { folder: asked, reason })
}

/** The hash that the IR states; that it is the right one for the content is proved by `openIr`. */
function storedHash(text: string, path: string): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'hash' in value && typeof value.hash === 'string') {
      return value.hash
    }
  } catch {
    throw new Failure('damaged-run-file', { file: path, reason: 'it is not JSON' })
  }
  throw new Failure('damaged-run-file', { file: path, reason: 'it has no hash' })
}

function short(hash: string): string {
  return `${hash.slice(0, 'sha256:'.length + 12)}…`
}
