import { cell, endTurn, eraseLine, takeTurn, turn, type Board } from './board.js'

const ticksPerSecond = 4

/** How long nothing was written. */
export interface Silence {
  readonly news: number
  /** Ticks without news. */
  readonly ticks: number
}

export const tickMilliseconds = 1000 / ticksPerSecond

/**
 * Called every {@link tickMilliseconds} with what it gave before: after a second without news says what the command is doing,
 * and then how long every second.
 */
export function speak(board: Board, { news, ticks }: Silence, write: (text: string) => void): Silence {
  const seen = Atomics.load(board.cells, cell.news)
  if (seen !== news) return { news: seen, ticks: 0 }
  const silence = { news, ticks: ticks + 1 }
  if (silence.ticks % ticksPerSecond !== 0) return silence
  const before = takeTurn(board)
  const length = Atomics.load(board.cells, cell.length)
  const speaks = length > 0 && Atomics.load(board.cells, cell.news) === news
  if (speaks) {
    const text = new TextDecoder().decode(board.text.slice(0, length))
    write(`${eraseLine}${text} … ${silence.ticks / ticksPerSecond} s`)
  }
  endTurn(board, speaks ? turn.shown : before)
  return silence
}
