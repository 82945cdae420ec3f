import type { Draws } from '../draws.js'

/** Writes a program: its draws, and what it has used up so far. */
export interface Writer {
  readonly draws: Draws
  /** How many times as many architectures the program may still get. */
  room: number
  /** Operations of {@link import('./helpers.js')} that the program calls. */
  readonly helpers: Set<string>
  /** How many names were given. */
  names: number
}

export function createWriter(draws: Draws, room: number): Writer {
  return { draws, room, helpers: new Set(), names: 0 }
}

/** True `part` times out of `of`, and never where the draws are all 0. */
export function chance(writer: Writer, part: number, of: number): boolean {
  return writer.draws.integer(of) >= of - part
}

/** One of some alternatives by their weights; the first one is the simplest. */
export function weighted<T>(writer: Writer, alternatives: readonly (readonly [weight: number, write: () => T])[]): T {
  const total = alternatives.reduce((sum, [weight]) => sum + weight, 0)
  let at = writer.draws.integer(total)
  for (const [weight, write] of alternatives) {
    if (at < weight) return write()
    at -= weight
  }
  throw new RangeError('there is nothing to choose from')
}

export function oneOf<T>(writer: Writer, items: readonly T[]): T {
  const item = items[writer.draws.integer(items.length)]
  if (item === undefined) throw new RangeError('there is nothing to choose from')
  return item
}

export function newName(writer: Writer, stem: string): string {
  writer.names += 1
  return `${stem}${writer.names}`
}

/** Whether there is room for a choice with so many answers, made in so many places; if so it is taken. */
export function takesRoom(writer: Writer, answers: number, places: number): boolean {
  const factor = answers ** places
  if (factor > writer.room) return false
  writer.room /= factor
  return true
}
