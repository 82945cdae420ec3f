/** Where a program comes from: a sequence of small numbers. The same numbers give the same program, and smaller ones a simpler one. */
export interface Draws {
  /** In 0 … bound - 1. */
  integer(bound: number): number
}

/** Draws from a generator, and what was drawn so far. */
export function recordedDraws(random: Draws): Draws & { readonly taken: readonly number[] } {
  const taken: number[] = []
  return {
    taken,
    integer(bound) {
      const number = random.integer(bound)
      taken.push(number)
      return number
    },
  }
}

/** The draws of before; behind their end everything is 0, which is the simplest. */
export function replayedDraws(taken: readonly number[]): Draws {
  let position = 0
  return { integer: (bound) => Math.min(taken[position++] ?? 0, bound - 1) }
}
