import { Failure } from '../../../catalogue/failure.js'
import { takeImages, type ImageSet, type ImageSize } from '../image-set.js'
import type { DecodedImages } from './decode-images.js'
import type { EncodedImage } from './encoded-image.js'

/** So many damaged images are named in one message. */
const shown = 10

/**
 * Refuses a size that no image file is brought to.
 * @throws Failure NAS7125
 */
export function requireDecodable(path: string, { channels }: ImageSize): void {
  if (channels !== 1 && channels !== 3) throw new Failure('channels-not-decoded', { path, channels })
}

/**
 * Refuses images of which some could not be decoded, with the paths of these and the reasons.
 * @throws Failure NAS7120
 */
export function requireIntact(images: readonly EncodedImage[], { damaged }: DecodedImages): void {
  if (damaged.length === 0) return
  const named = damaged
    .slice(0, shown)
    .map(({ index, reason }) => `${images[index]?.path ?? ''} (${reason})`)
    .join('; ')
  const more = damaged.length > shown ? `; and ${String(damaged.length - shown)} more` : ''
  throw new Failure('damaged-images', { count: damaged.length, total: images.length, list: `${named}${more}` })
}

/** The images of a range that are not damaged. */
export function intactPart(
  images: readonly EncodedImage[],
  { height, width, channels }: ImageSize,
  { pixels, damaged }: DecodedImages,
): (from: number, to: number) => ImageSet {
  const numbers = height * width * channels
  const isDamaged = new Set(damaged.map(({ index }) => index))
  return (from, to) => {
    const kept = Array.from({ length: to - from }, (_, place) => from + place).filter((index) => !isDamaged.has(index))
    const labels = Uint16Array.from(kept, (index) => images[index]?.label ?? 0)
    const isWhole = kept.length === to - from
    const intact = isWhole ? pixels.subarray(from * numbers, to * numbers) : takeImages(pixels, numbers, kept)
    return { count: kept.length, labels, images: intact }
  }
}
