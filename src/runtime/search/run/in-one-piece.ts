import type { ObservedOptions } from '../../options.js'
import { yieldToEventLoop } from '../../training/evaluation.js'

/** A folder that is half made could not be resumed: a signal that comes meanwhile stops the search before its first step. */
export async function inOnePiece<T>(
  { onSignalWatch = () => undefined }: Pick<ObservedOptions, 'onSignalWatch'>,
  make: () => T,
): Promise<T> {
  onSignalWatch(true)
  try {
    const made = make()
    // The first turn may already have asked for signals; the second one asks again.
    for (let turn = 0; turn < 2; turn++) await yieldToEventLoop()
    return made
  } finally {
    onSignalWatch(false)
  }
}
