import { cell, unlockTerminal, eraseLine, lockTerminal, lineState, type SharedStatus } from './shared-status.js'

const ticksPerSecond = 4

/** How long nothing was written, since so many writes. */
export interface Idleness {
  readonly writes: number
  /** Ticks without any. */
  readonly ticks: number
}

export const tickMilliseconds = 1000 / ticksPerSecond

/**
 * Called every {@link tickMilliseconds} with what it gave before: after a second without writes it says what the command is doing,
 * and then how long every second.
 */
export function updateStatus(
  shared: SharedStatus,
  { writes, ticks }: Idleness,
  write: (text: string) => void,
): Idleness {
  const seen = Atomics.load(shared.cells, cell.writes)
  if (seen !== writes) return { writes: seen, ticks: 0 }
  const idle = { writes, ticks: ticks + 1 }
  if (idle.ticks % ticksPerSecond !== 0) return idle
  const before = lockTerminal(shared)
  const length = Atomics.load(shared.cells, cell.length)
  const isShown = length > 0 && Atomics.load(shared.cells, cell.writes) === writes
  if (isShown) {
    const text = new TextDecoder().decode(shared.text.slice(0, length))
    write(`${eraseLine}${text} … ${idle.ticks / ticksPerSecond} s`)
  }
  unlockTerminal(shared, isShown ? lineState.shown : before)
  return idle
}
