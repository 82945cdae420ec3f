import { Failure } from '../../../catalogue/failure.js'
import { plural } from '../../../support/format-quantity.js'
import { requireHeld } from '../bounds.js'
import { mostClasses } from './array-content.js'
import type { OpenOptions } from './format.js'
import { settleParts, type Parts } from './parts.js'
import type { DataContent, ImageSize } from '../image-set.js'
import { openDecoder, type ImageDecoder } from '../decoding/decode-image.js'
import { decodeImages, readBytes, type DecodedImages } from '../decoding/decode-images.js'
import { openImageCache } from '../decoding/image-cache.js'
import type { EncodedImage } from '../decoding/encoded-image.js'
import { intactPart, requireDecodable, requireIntact } from '../decoding/intact-images.js'

/** A data set whose images are stored as files are. */
export interface EncodedParts {
  /** Where it lies, for messages. */
  readonly path: string
  readonly parts: Parts<readonly EncodedImage[]>
  /** By label. */
  readonly classNames: readonly string[]
}

/**
 * Decodes all images to one size, before anything is trained: what is damaged is said at once.
 *
 * @throws Failure NAS7108 classes, NAS7109 no image, NAS7120 damaged, NAS7123 too many, NAS7124 nothing to test on, NAS7125 channels,
 *         NAS7126 no decoder
 */
export async function contentOfEncoded(
  { path, parts, classNames }: EncodedParts,
  options: OpenOptions,
): Promise<DataContent> {
  requireClasses(path, classNames.length)
  const settled = settleParts<readonly EncodedImage[]>(parts, {
    labels: (images) => images.map(({ label }) => label),
    take: (images, indices) => Array.from(indices, (index) => images[index]).filter((image) => image !== undefined),
  })
  const { train, validation = [], test } = settled
  if (train.length === 0) throw new Failure('no-images', { path })
  if (test.length === 0) throw new Failure('nothing-to-test', { path })
  const images = [...train, ...validation, ...test]
  const decoder = await openDecoder()
  const size = options.size ?? (await sizeOfFirst(images, decoder))
  requireDecodable(path, size)
  requireHeld(path, images.length, size)
  const kept = options.cache && (await openImageCache(options.cache, images, size, decoder.version))
  const found = await kept?.read()
  const decoded = found ?? (await decodeImages(images, size, decoder, options))
  const unkept = found === undefined ? kept?.keep(decoded) : undefined
  if (options.skipCorrupt !== true) requireIntact(images, decoded)
  const cut = intactPart(images, size, decoded)
  const firstTested = train.length + validation.length
  const trained = cut(0, firstTested)
  const tested = cut(firstTested, images.length)
  if (trained.count === 0 || tested.count === 0) throw new Failure('no-images', { path })
  return {
    ...size,
    train: trained,
    validation: validation.length - damagedWithin(decoded, train.length, firstTested),
    test: tested,
    classes: classNames.length,
    classNames,
    notes: [...settled.notes, ...leftOut(decoded), ...(unkept === undefined ? [] : [unkept])],
    checksums: decoded.checksums,
  }
}

function requireClasses(path: string, classes: number): void {
  if (classes <= mostClasses) return
  const reason = `at most ${plural(mostClasses, 'class', 'classes')} are told apart`
  throw new Failure('label-out-of-range', { path, index: 0, label: classes - 1, highest: mostClasses - 1, reason })
}

/** Where none can be read any size will do: all are damaged. */
async function sizeOfFirst(images: readonly EncodedImage[], decoder: ImageDecoder): Promise<ImageSize> {
  for (const image of images) {
    const bytes = await readBytes(image)
    const found = bytes instanceof Uint8Array ? await decoder.sizeOf(bytes) : bytes
    if (found.kind === 'known') return found.size
  }
  return { height: 1, width: 1, channels: 3 }
}

function damagedWithin({ damaged }: DecodedImages, from: number, to: number): number {
  return damaged.filter(({ index }) => index >= from && index < to).length
}

function leftOut({ damaged }: DecodedImages): readonly string[] {
  return damaged.length === 0 ? [] : [`${plural(damaged.length, 'damaged image')} left out`]
}
