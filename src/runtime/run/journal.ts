import type { JournalEvent } from './events.js'
import { openJsonLines, readJsonLines, type JsonLines, type ParseLine } from './json-lines.js'

/** `journal.jsonl`, opened for appending; its `lines`, of all parts of the run, are the number that a checkpoint remembers. */
export type Journal = JsonLines<JournalEvent>

/** Opens a journal to go on with it. @throws Failure as {@link openJsonLines} */
export function openJournal(path: string): Journal {
  return openJsonLines(path, parseEvent)
}

/** All events in the order of their lines. @throws Failure as {@link readJsonLines} */
export function readJournal(path: string): readonly JournalEvent[] {
  return readJsonLines(path, parseEvent)
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

const parseEvent: ParseLine<JournalEvent> = (value) => {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    return { reason: 'it has no type' }
  }
  // Written by `append` of this or a later version: a type that is not known here is left to the reader to pass over.
  return { line: value as JournalEvent }
}
