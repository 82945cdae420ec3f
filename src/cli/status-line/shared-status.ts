/** What the thread of the command and the one that writes its status line share. */
export interface SharedStatus {
  /** By {@link cell}. */
  readonly cells: Int32Array
  /** What the command is doing, as UTF-8. */
  readonly text: Uint8Array
}

export const cell = {
  /** What stands in the last line: a {@link lineState}. Who sets it to `busy` has locked the terminal. */
  lock: 0,
  /** Raised whenever something is written and whenever the command begins with something else. */
  writes: 1,
  /** Bytes of the text; 0 while there is nothing to say. */
  length: 2,
} as const

export const lineState = {
  /** No status. */
  free: 0,
  /** A status, which is erased before anything else is written. */
  shown: 1,
  /** One of the threads is about to change that. */
  busy: 2,
} as const

/** Carriage return, and the line erased. */
export const eraseLine = '\r\u001b[2K'

export function createSharedStatus(): SharedStatus {
  return {
    cells: new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)),
    text: new Uint8Array(new SharedArrayBuffer(1024)),
  }
}

/** Waits until the terminal is free for this thread; gives what stood there before. */
export function lockTerminal({ cells }: SharedStatus): number {
  for (;;) {
    for (const before of [lineState.free, lineState.shown]) {
      if (Atomics.compareExchange(cells, cell.lock, before, lineState.busy) === before) return before
    }
    Atomics.wait(cells, cell.lock, lineState.busy, 1)
  }
}

export function unlockTerminal({ cells }: SharedStatus, after: number): void {
  Atomics.store(cells, cell.lock, after)
  Atomics.notify(cells, cell.lock)
}
