import process from 'node:process'
import { exitCode, type ExitCode } from './exit-code.js'

/** What ends a command from outside: Ctrl-C and a polite `kill`. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const
export type StopSignal = (typeof stopSignals)[number]

/**
 * Signals of the system as a wish to stop. JavaScript hears of a signal only between two turns of the event loop, so a
 * listener would keep a command that is busy alive; without one the system ends the process at once, whatever it computes.
 * Therefore signals are held only where there is something to put in order and the command looks up in time, and only the
 * first: the second one does not ask.
 */
export interface Interruption {
  /** Aborted, with an {@link Interrupted} as its reason, by the first signal that comes while signals are held. */
  readonly signal: AbortSignal
  hold(): void
  release(): void
}

/** Thrown where a command stops because of a signal and has put in order what it had begun. */
export class Interrupted extends Error {
  constructor(readonly by: StopSignal) {
    super(`stopped by ${by}`)
  }

  /** What the shell would see of a process that the signal itself has ended. */
  get exitCode(): ExitCode {
    return this.by === 'SIGINT' ? exitCode.interrupted : exitCode.terminated
  }
}

/** What a command ends with that has heard of a signal and stopped. */
export function interruptedCode({ signal }: Interruption): ExitCode {
  const { reason } = signal as { readonly reason: unknown }
  return reason instanceof Interrupted ? reason.exitCode : exitCode.interrupted
}

/** The signals of this process. */
export function processInterruption(): Interruption {
  const controller = new AbortController()
  let isHeld = false
  const release = (): void => {
    isHeld = false
    for (const name of stopSignals) process.off(name, stop)
  }
  const stop = (name: StopSignal): void => {
    release()
    controller.abort(new Interrupted(name))
  }
  return {
    signal: controller.signal,
    hold() {
      // Listening anew would lose a signal that has come and was not told of yet.
      if (isHeld || controller.signal.aborted) return
      isHeld = true
      for (const name of stopSignals) process.on(name, stop)
    },
    release,
  }
}

/** Does something short that must not be left half done; a signal that comes meanwhile ends the command after it. */
export async function uninterrupted(interruption: Interruption, action: () => void): Promise<void> {
  interruption.hold()
  try {
    action()
    // The first turn may already have asked for signals; the second one asks again.
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
  } finally {
    interruption.release()
  }
  interruption.signal.throwIfAborted()
}
