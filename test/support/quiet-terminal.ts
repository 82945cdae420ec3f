import type { Terminal } from '../../src/cli/terminal.js'

/** A terminal of a test: a pipe without colours that nobody reads and nobody interrupts, except for what is given. */
export function quietTerminal(more: Partial<Terminal> = {}): Terminal {
  return {
    out: () => undefined,
    err: () => undefined,
    outColour: false,
    errColour: false,
    errInteractive: false,
    columns: 100,
    interruption: { signal: new AbortController().signal, hold: () => undefined, release: () => undefined },
    doing: () => undefined,
    stillDoing: () => undefined,
    ...more,
  }
}
