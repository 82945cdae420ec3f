import { plural } from '../../support/format-quantity.js'
import type { Random } from '../random/random.js'
import { Failure } from '../../catalogue/failure.js'

/** Which training images train what, by index into the training set: stored in the run, so that it never moves. */
export interface DataSplit {
  /** Name of the part, `weights`, `choices` -> indices. */
  readonly [part: string]: readonly number[]
}

/**
 * Draws training images without repetition: `count` of them, or all, in random order.
 * @param available how many there are
 * @throws Failure NAS7115 if there are fewer
 */
export function drawExamples(available: number, count: number | undefined, random: Random): Uint32Array {
  if (count !== undefined && count > available) {
    const images = plural(available, 'training image')
    throw new Failure('too-few-examples', { asked: count, available, images })
  }
  return random.permutation(available).slice(0, count ?? available)
}

/**
 * Cuts `indices` into disjoint parts by share (0..1), in the order given; a part without a share gets all of them, as
 * where weights and choices are trained on the same images. Parts are rounded down to whole images.
 * @throws Failure NAS7116 if a part would be empty
 */
export function splitByShare(indices: Uint32Array, shares: Readonly<Record<string, number | undefined>>): DataSplit {
  const total = Object.values(shares).reduce<number>((sum, share) => sum + (share ?? 0), 0)
  if (total > 1 + 1e-9) throw new RangeError(`Shares of the training images sum to ${String(total)}, more than 1`)
  const parts: Record<string, readonly number[]> = {}
  let taken = 0
  for (const [name, share] of Object.entries(shares)) {
    if (share === undefined) {
      parts[name] = [...indices]
      continue
    }
    const size = Math.floor(share * indices.length + 1e-9)
    if (size === 0) {
      const images = plural(indices.length, 'training image')
      throw new Failure('empty-share', { share: share * 100, images })
    }
    parts[name] = [...indices.subarray(taken, taken + size)]
    taken += size
  }
  return parts
}
