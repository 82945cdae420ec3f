import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../../support/node/package-root.js'
import { cell, endTurn, eraseLine, newBoard, takeTurn, turn, type Board } from './board.js'

/**
 * Says on a terminal what a command is doing once nothing was written for a second, and takes it away before anything else is
 * written. A command that computes lets no timer of its own thread run, so another thread watches the silence.
 */
export interface Activity {
  /**
   * From now on the command is doing this; nothing is said without a text.
   *
   * @param lasts if it is known to take more than a moment
   */
  begin(text: string | undefined, lasts?: boolean): void
  /** It is still doing that: to be called often. */
  goOn(): void
  /** Something else is about to be written: the line is cleared, and the silence begins anew. */
  giveWay(): void
}

export const noActivity: Activity = { begin: () => undefined, goOn: () => undefined, giveWay: () => undefined }

/** The other thread takes a tenth of a second of processor time to start, which a quick command does not pay. */
const quickMilliseconds = 500

/** @param columns of the terminal that file descriptor 2 leads to */
export function startActivity(columns: number): Activity {
  const board = newBoard()
  const activity = activityOn(board, columns, (text) => writeSync(2, text))
  const began = performance.now()
  let started = false
  const goOn = (lasts = false): void => {
    if (started || (!lasts && performance.now() - began < quickMilliseconds)) return
    started = true
    startSpeaker(board)
  }
  return {
    ...activity,
    begin(text, lasts) {
      activity.begin(text)
      if (lasts) goOn(lasts)
    },
    goOn: () => goOn(),
  }
}

/** The side of the command; `speak` in {@link ./speak.ts} is the other one. */
export function activityOn(board: Board, columns: number, write: (text: string) => void): Activity {
  const clear = (text?: string): void => {
    if (takeTurn(board) === turn.shown) write(eraseLine)
    if (text !== undefined) {
      // A line that the terminal wraps could not be erased.
      const { written } = new TextEncoder().encodeInto(text.slice(0, Math.max(0, columns - 12)), board.text)
      Atomics.store(board.cells, cell.length, written)
    }
    Atomics.add(board.cells, cell.news, 1)
    endTurn(board, turn.free)
  }
  return { begin: (text = '') => clear(text), goOn: () => undefined, giveWay: () => clear() }
}

function startSpeaker(board: Board): void {
  const speaker = join(packageRoot(), 'dist', 'src', 'cli', 'activity', 'speaker.js')
  const worker = new Worker(speaker, { workerData: board, execArgv: [] })
  // Nobody's result depends on it: where no thread can be had, nothing is said.
  worker.on('error', () => undefined)
  worker.unref()
}
