import { isatty } from 'node:tty'
import process from 'node:process'
import { noStatusLine, openStatusLine } from './status-line/status-line.js'
import { processInterruption, type Interruption } from './interruption.js'

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
  /** Ctrl-C and the like, for commands that have something to put in order. */
  readonly interruption: Interruption
  /**
   * What the command is doing from now on, said on a terminal when it is silent for a second; nothing without a text.
   *
   * @param lasts if it is known to take more than a moment
   */
  doing(text: string | undefined, lasts?: boolean): void
  /** It is still doing that: called often by what may last. */
  stillDoing(): void
}

/** The terminal of this process. `noColour` and the variable NO_COLOR forbid colours; pipes and files never get them. */
export function processTerminal(noColour: boolean): Terminal {
  const colour = !noColour && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb'
  const errInteractive = isatty(2) && process.env['TERM'] !== 'dumb'
  const statusLine = errInteractive ? openStatusLine(process.stderr.columns || 80) : noStatusLine
  return {
    out(text) {
      statusLine.clear()
      process.stdout.write(text)
    },
    err(text) {
      statusLine.clear()
      process.stderr.write(text)
    },
    // `isTTY` of a stream is not false but absent in a pipe.
    outColour: colour && isatty(1),
    errColour: colour && isatty(2),
    errInteractive,
    columns: isatty(1) ? process.stdout.columns : 100,
    interruption: processInterruption(),
    doing: (text, lasts) => statusLine.begin(text, lasts),
    stillDoing: () => statusLine.keepAlive(),
  }
}
