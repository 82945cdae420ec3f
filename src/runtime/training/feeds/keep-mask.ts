import type { Random } from '../../random/random.js'

/** Words that an entry of a mask takes from its stream. */
export const wordsPerDraw = 2

/** Entries that are 1 / keep with probability `keep`, and 0 otherwise: their mean is 1. */
export function keepMask(size: number, keep: number, random: Random): Float32Array {
  const mask = new Float32Array(size)
  return keep === 1 ? mask.fill(1) : mask.map(() => (random.uniform() < keep ? 1 / keep : 0))
}
