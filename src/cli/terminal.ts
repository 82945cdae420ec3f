import { isatty } from 'node:tty'
import process from 'node:process'

/** Where a command reads and writes: the process, or captured streams in tests. */
export interface Terminal {
  /** Results. */
  out(text: string): void
  /** Progress and complaints. */
  err(text: string): void
  readonly outColour: boolean
  readonly errColour: boolean
  /** Whether progress may be redrawn in place on stderr. */
  readonly errInteractive: boolean
  /** Columns of stdout; 100 where it is not a terminal. */
  readonly columns: number
  /** Aborted by Ctrl-C: a command stops at the next safe place. */
  readonly interrupt: AbortSignal
}

/** The terminal of this process. `noColour` and the variable NO_COLOR forbid colours; pipes and files never get them. */
export function processTerminal(noColour: boolean, interrupt: AbortSignal): Terminal {
  const colour = !noColour && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb'
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    // `isTTY` of a stream is not false but absent in a pipe.
    outColour: colour && isatty(1),
    errColour: colour && isatty(2),
    errInteractive: isatty(2) && process.env['TERM'] !== 'dumb',
    columns: isatty(1) ? process.stdout.columns : 100,
    interrupt,
  }
}
