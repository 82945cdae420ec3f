import type { ObservedOptions } from '../../runtime/index.js'
import type { Terminal } from '../terminal.js'
import { progressFor } from './progress.js'

/** How a command that trains or evaluates hears of signals and shows what goes on. */
export type ProgressOptions = Required<Pick<ObservedOptions, 'observe' | 'onDecoded' | 'signal' | 'onSignalWatch'>>

/**
 * Does something long, with its progress shown and signals held where they are looked at in time. The terminal is left as it
 * was found before anything else is said, however that ends.
 */
export async function withProgress<T>(
  terminal: Terminal,
  quiet: boolean,
  work: (options: ProgressOptions) => Promise<T>,
): Promise<T> {
  const { interruption } = terminal
  const progress = progressFor(terminal, quiet)
  try {
    return await work({
      observe: (event) => progress.observe(event),
      onDecoded: (done, of) => progress.decoded(done, of),
      signal: interruption.signal,
      onSignalWatch: (isWatched) => (isWatched ? interruption.hold() : interruption.release()),
    })
  } finally {
    progress.stop()
  }
}
