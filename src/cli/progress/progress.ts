import type { JournalEvent } from '../../runtime/index.js'
import type { Terminal } from '../terminal.js'
import { barProgress } from './bar-progress.js'
import { lineProgress } from './line-progress.js'

/** Shows a run while it goes. */
export interface Progress {
  observe(event: JournalEvent): void
  /** Hears how many image files are decoded and of how many. */
  decoded(done: number, of: number): void
  /** Leaves the terminal as it was found. */
  stop(): void
}

/** Bars on a terminal, a plain line now and then elsewhere, nothing where quiet is asked for. */
export function progressFor(terminal: Terminal, quiet: boolean): Progress {
  if (quiet) return { observe: () => undefined, decoded: () => undefined, stop: () => undefined }
  return terminal.errInteractive ? barProgress(terminal) : lineProgress(terminal, () => performance.now())
}
