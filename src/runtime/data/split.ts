import { plural } from '../../support/format-quantity.js'
import type { Random } from '../random/random.js'
import { Failure } from '../../catalogue/failure.js'

/** Which training images train what, by index into the training set: stored in the run, so that it never moves. */
export interface DataSplit {
  /** Name of the part, `weights`, `choices` -> indices. */
  readonly [part: string]: readonly number[]
}

/**
 * The images of some classes, drawn at random: of this share of them, rounded to a whole number, and one at least.
 * @param labels of all images
 */
export function imagesOfClasses(
  labels: ArrayLike<number>,
  classes: number,
  share: number,
  random: Random,
): Uint32Array {
  const drawn = new Set(random.permutation(classes).subarray(0, Math.max(1, Math.round(share * classes))))
  return Uint32Array.from(Array.from(labels, (_, index) => index).filter((index) => drawn.has(labels[index] ?? -1)))
}

/**
 * Draws training images without repetition: `count` of them, or all where there are no more, in random order.
 * @param available how many there are
 */
export function drawExamples(available: number, count: number | undefined, random: Random): Uint32Array {
  return random.permutation(available).subarray(0, count)
}

/**
 * Keeps a share (0..1) of `indices` from all other parts: the last of them.
 * @throws Failure NAS7116 if it would be empty
 */
export function holdOut(
  indices: Uint32Array,
  share: number,
): { readonly kept: Uint32Array; readonly held: readonly number[] } {
  const size = sizeOf(share, indices.length)
  return { kept: indices.subarray(0, indices.length - size), held: [...indices.subarray(indices.length - size)] }
}

/**
 * Cuts `indices` into disjoint parts by share (0..1), in the order given; a part without a share gets all of them, as
 * where weights and choices are trained on the same images. Parts are rounded down to whole images.
 * @param whole what the shares are of; these indices without it
 * @throws Failure NAS7116 if a part would be empty
 */
export function splitByShare(
  indices: Uint32Array,
  shares: Readonly<Record<string, number | undefined>>,
  whole = indices.length,
): DataSplit {
  const total = Object.values(shares).reduce<number>((sum, share) => sum + (share ?? 0), 0)
  if (total > 1 + 1e-9) throw new RangeError(`Shares of the training images sum to ${String(total)}, more than 1`)
  const parts: Record<string, readonly number[]> = {}
  let taken = 0
  for (const [name, share] of Object.entries(shares)) {
    if (share === undefined) {
      parts[name] = [...indices]
      continue
    }
    const size = sizeOf(share, whole)
    parts[name] = [...indices.subarray(taken, taken + size)]
    taken += size
  }
  return parts
}

function sizeOf(share: number, whole: number): number {
  const size = Math.floor(share * whole + 1e-9)
  if (size > 0) return size
  throw new Failure('empty-share', { share: share * 100, images: plural(whole, 'training image') })
}
