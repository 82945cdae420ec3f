import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync } from 'node:fs'
import type { JournalEvent } from './events.js'
import { Failure } from '../../catalogue/failure.js'
import { writeFully } from '../../support/node/replace-file.js'
import { failOnDisk, onDisk } from './files.js'

/** `journal.jsonl`, opened for appending. */
export interface Journal {
  /** Lines written, of all parts of the run: the number that a checkpoint remembers. */
  readonly lines: number
  /** One line, in one write. @throws Failure NAS7210 … NAS7212; what was written of the line is then taken back. */
  append(event: JournalEvent): void
  /** Flushes to disk. */
  flush(): void
  close(): void
}

/**
 * Opens a journal to go on with it. A last line that a kill cut short is cut off; nothing else is ever changed.
 * @throws Failure NAS7207 for a damaged line, NAS7208 if the file is missing
 */
export function openJournal(path: string): Journal {
  const { events, length, size } = readLines(path)
  if (length < size) onDisk(path, () => truncateSync(path, length))
  const file = onDisk(path, () => openSync(path, 'a'))
  let lines = events.length
  let end = length
  return {
    get lines() {
      return lines
    },
    append(event) {
      const line = Buffer.from(`${JSON.stringify(event)}\n`)
      onDisk(path, () => {
        try {
          writeFully(file, line)
        } catch (error) {
          ftruncateSync(file, end)
          throw error
        }
      })
      end += line.length
      lines++
    },
    flush: () => onDisk(path, () => fsyncSync(file)),
    close: () => closeSync(file),
  }
}

/**
 * All events in the order of their lines, without a last line that was cut short. The file is not changed.
 * @throws Failure NAS7207 for a damaged line, NAS7208 if the file is missing
 */
export function readJournal(path: string): readonly JournalEvent[] {
  return readLines(path).events
}

/**
 * The events that count: what was done again after a resume replaces what it repeats. The `run-resumed` events
 * themselves stay, so that a report can say where a run was continued.
 */
export function effectiveEvents(events: readonly JournalEvent[]): readonly JournalEvent[] {
  let kept: { event: JournalEvent; line: number }[] = []
  events.forEach((event, line) => {
    if (event.type === 'run-resumed') {
      kept = kept.filter((earlier) => earlier.line < event.after || earlier.event.type === 'run-resumed')
    }
    kept.push({ event, line })
  })
  return kept.map(({ event }) => event)
}

interface Lines {
  readonly events: JournalEvent[]
  /** Bytes of the whole lines. */
  readonly length: number
  /** Bytes of the file. */
  readonly size: number
}

function readLines(path: string): Lines {
  const bytes = readBytes(path)
  const events: JournalEvent[] = []
  let start = 0
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    const parsed = parseEvent(bytes.toString('utf8', start, end))
    if ('reason' in parsed) {
      // A power cut can leave the last line full of zeros or half of it from elsewhere, with its end in place.
      if (end === bytes.length - 1) break
      throw new Failure('damaged-journal', { file: path, line: events.length + 1, reason: parsed.reason })
    }
    events.push(parsed.event)
    start = end + 1
  }
  return { events, length: start, size: bytes.length }
}

const newline = 0x0a

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Failure('run-file-missing', { file: path })
    return failOnDisk(path, error)
  }
}

function parseEvent(line: string): { event: JournalEvent } | { reason: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { reason: 'it is not JSON' }
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    return { reason: 'it has no type' }
  }
  // Written by `append` of this or a later version: a type that is not known here is left to the reader to pass over.
  return { event: value as JournalEvent }
}
