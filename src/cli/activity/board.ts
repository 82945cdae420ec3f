/** What the thread of the command and the thread that speaks for it share. */
export interface Board {
  /** By {@link cell}. */
  readonly cells: Int32Array
  /** What the command is doing, as UTF-8. */
  readonly text: Uint8Array
}

export const cell = {
  /** Who has the terminal: a {@link turn}. */
  turn: 0,
  /** Raised whenever something is written and whenever the command begins with something else. */
  news: 1,
  /** Bytes of the text; 0 while there is nothing to say. */
  length: 2,
} as const

export const turn = {
  /** Nobody's words stand there. */
  free: 0,
  /** The words of the activity stand in the last line. */
  shown: 1,
  /** One of the threads is about to change that. */
  busy: 2,
} as const

/** Carriage return, and the line erased. */
export const eraseLine = '\r\u001b[2K'

export function newBoard(): Board {
  return {
    cells: new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)),
    text: new Uint8Array(new SharedArrayBuffer(1024)),
  }
}

/** Waits until the terminal is free for this thread; gives what stood there before. */
export function takeTurn({ cells }: Board): number {
  for (;;) {
    for (const before of [turn.free, turn.shown]) {
      if (Atomics.compareExchange(cells, cell.turn, before, turn.busy) === before) return before
    }
    Atomics.wait(cells, cell.turn, turn.busy, 1)
  }
}

export function endTurn({ cells }: Board, after: number): void {
  Atomics.store(cells, cell.turn, after)
  Atomics.notify(cells, cell.turn)
}
