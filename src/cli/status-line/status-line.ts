import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../../support/node/package-root.js'
import {
  cell,
  unlockTerminal,
  eraseLine,
  createSharedStatus,
  lockTerminal,
  lineState,
  type SharedStatus,
} from './shared-status.js'

/**
 * Says on a terminal what a command is doing once nothing was written for a second, and takes it away before anything else is
 * written. A command that computes lets no timer of its own thread run, so another thread watches for that.
 */
export interface StatusLine {
  /**
   * From now on the command is doing this; nothing is said without a text.
   *
   * @param lasts if it is known to take more than a moment
   */
  begin(text: string | undefined, lasts?: boolean): void
  /** It is still doing that: to be called often. */
  keepAlive(): void
  /** Something else is about to be written: the line is cleared, and the second begins anew. */
  clear(): void
}

export const noStatusLine: StatusLine = { begin: () => undefined, keepAlive: () => undefined, clear: () => undefined }

/** The other thread takes a tenth of a second of processor time to start, which a quick command does not pay. */
const quickMilliseconds = 500

/** @param columns of the terminal that file descriptor 2 leads to */
export function openStatusLine(columns: number): StatusLine {
  const shared = createSharedStatus()
  const line = statusLineOn(shared, columns, (text) => writeSync(2, text))
  const began = performance.now()
  let started = false
  const startWorker = (lasts = false): void => {
    if (started || (!lasts && performance.now() - began < quickMilliseconds)) return
    started = true
    startStatusWorker(shared)
  }
  return {
    ...line,
    begin(text, lasts) {
      line.begin(text)
      if (lasts) startWorker(lasts)
    },
    keepAlive: () => startWorker(),
  }
}

/** The side of the command; `updateStatus` is the other one. */
export function statusLineOn(shared: SharedStatus, columns: number, write: (text: string) => void): StatusLine {
  const clear = (text?: string): void => {
    if (lockTerminal(shared) === lineState.shown) write(eraseLine)
    if (text !== undefined) {
      // A line that the terminal wraps could not be erased.
      const { written } = new TextEncoder().encodeInto(text.slice(0, Math.max(0, columns - 12)), shared.text)
      Atomics.store(shared.cells, cell.length, written)
    }
    Atomics.add(shared.cells, cell.writes, 1)
    unlockTerminal(shared, lineState.free)
  }
  return { begin: (text = '') => clear(text), keepAlive: () => undefined, clear: () => clear() }
}

function startStatusWorker(shared: SharedStatus): void {
  const script = join(packageRoot(), 'dist', 'src', 'cli', 'status-line', 'status-worker.js')
  const worker = new Worker(script, { workerData: shared, execArgv: [] })
  // Nobody's result depends on it: where no thread can be had, nothing is said.
  worker.on('error', () => undefined)
  worker.unref()
}
