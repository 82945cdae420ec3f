import { stat } from 'node:fs/promises'
import { requireSystemError } from '../../support/node/system-error.js'
import { requireHeld } from './bounds.js'
import { openDecoder } from './decoding/decode-image.js'
import { decodeImages } from './decoding/decode-images.js'
import { imageInFile, type EncodedImage } from './decoding/encoded-image.js'
import { intactPart, requireDecodable, requireIntact } from './decoding/intact-images.js'
import type { ImageSet, ImageSize } from './image-set.js'
import { imagesBelow } from './images-below.js'

/** Images of which nobody says what they show: their labels are 0. */
export interface UnlabelledImages {
  readonly set: ImageSet
  /** By the index of an image. */
  readonly paths: readonly string[]
  readonly leftOut: readonly LeftOutImage[]
}

/** One that could not be decoded. */
export interface LeftOutImage {
  readonly path: string
  readonly reason: string
}

/**
 * Decodes image files as those of an image folder are decoded: to the same bits.
 *
 * @param places files, whatever their names end in, and folders of PNG, JPEG and WebP
 * @throws Failure NAS7120 naming all that are missing or damaged, unless these are left out; NAS7102 a folder that cannot be read,
 *         NAS7123 too many, NAS7125 channels, NAS7126 no decoder
 */
export async function openImageFiles(
  places: readonly string[],
  size: ImageSize,
  { skipCorrupt = false }: { readonly skipCorrupt?: boolean },
): Promise<UnlabelledImages> {
  const images = (await Promise.all(places.map(imagesAt))).flat()
  const path = places.join(', ')
  requireDecodable(path, size)
  requireHeld(path, images.length, size)
  const decoded = await decodeImages(images, size, await openDecoder())
  if (!skipCorrupt) requireIntact(images, decoded)
  const pathOf = (index: number): string => images[index]?.path ?? ''
  const isDamaged = new Set(decoded.damaged.map(({ index }) => index))
  return {
    set: intactPart(images, size, decoded)(0, images.length),
    paths: images.filter((_, index) => !isDamaged.has(index)).map((image) => image.path),
    leftOut: decoded.damaged.map(({ index, reason }) => ({ path: pathOf(index), reason })),
  }
}

/** A place without an image stands for one that is damaged, so that it is named with the others. */
async function imagesAt(place: string): Promise<readonly EncodedImage[]> {
  const kind = await kindOf(place)
  if (kind === 'file') return [imageInFile(place, 0, place)]
  if (kind === 'other') return [without(place, 'is neither a file nor a folder')]
  const paths = await imagesBelow(place)
  return paths.length === 0
    ? [without(place, 'is a folder without PNG, JPEG or WebP files')]
    : paths.map((path) => imageInFile(path, 0, place))
}

/** What is not there counts as a file: reading it says so. */
async function kindOf(place: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const found = await stat(place)
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
  } catch (error) {
    requireSystemError(error)
    return 'file'
  }
}

function without(place: string, reason: string): EncodedImage {
  return {
    ...imageInFile(place, 0, place),
    read: () => Promise.resolve({ kind: 'damaged', reason }),
  }
}
