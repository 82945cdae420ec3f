import type Library from 'sharp'
import type { Sharp, SharpOptions } from 'sharp'
import { Failure } from '../../../catalogue/failure.js'
import { formatCount } from '../../../support/format-quantity.js'
import { bounds } from '../bounds.js'
import type { ImageSize } from '../image-set.js'
import { tooLarge, type DecodedImage, type NoImage } from './encoded-image.js'

/** Decodes images, each off the main thread. */
export interface ImageDecoder {
  /** What the bits of its results hang on. */
  readonly version: string
  /** Size of an image as its header says it. */
  sizeOf(bytes: Uint8Array): Promise<SizeOfImage>
  /**
   * Pixels `[height, width, channels]` of an image brought to a size: scaled until it covers it, cut about its centre, turned
   * as its EXIF data say, what is transparent laid on black.
   */
  decode(bytes: Uint8Array, size: ImageSize): Promise<DecodedImage>
}

export type SizeOfImage = { readonly kind: 'known'; readonly size: ImageSize } | NoImage

const formats: readonly string[] = ['png', 'jpeg', 'webp']

const options: SharpOptions = { limitInputPixels: bounds.imagePixels, failOn: 'warning', autoOrient: true }

/** So that an image that has too many pixels can be told how many. */
const headerOptions: SharpOptions = { ...options, limitInputPixels: false }

/** @throws Failure NAS7126 where this machine has none */
export async function openDecoder(): Promise<ImageDecoder> {
  const sharp = await loadSharp()
  // Images are decoded beside each other, and none twice.
  sharp.concurrency(1)
  sharp.cache(false)
  return {
    version: `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`,
    sizeOf: headerOf,
    async decode(bytes, size) {
      const header = await headerOf(bytes)
      return header.kind === 'damaged' ? header : scaled(sharp(bytes, options), size)
    },
  }

  async function headerOf(bytes: Uint8Array): Promise<SizeOfImage> {
    if (bytes.length === 0) return damaged('is empty')
    if (bytes.length <= bounds.imageFile) return sizeOf(sharp(bytes, headerOptions))
    return tooLarge(bytes.length)
  }
}

async function loadSharp(): Promise<typeof Library> {
  try {
    return (await import('sharp')).default
  } catch (error) {
    throw new Failure('no-decoder', { reason: firstLine(error) })
  }
}

async function sizeOf(image: Sharp): Promise<SizeOfImage> {
  try {
    const { format, width, height, channels, autoOrient } = await image.metadata()
    if (!formats.includes(format)) return damaged(`is ${format.toUpperCase()}, and neither PNG, JPEG nor WebP`)
    if (width * height > bounds.imagePixels) {
      const [found, most] = [`${formatCount(width)} x ${formatCount(height)}`, formatCount(bounds.imagePixels)]
      return damaged(`has ${found} pixels by its header, more than ${most}`)
    }
    return { kind: 'known', size: { ...autoOrient, channels: channels < 3 ? 1 : 3 } }
  } catch (error) {
    return damaged(firstLine(error))
  }
}

async function scaled(image: Sharp, size: ImageSize): Promise<DecodedImage> {
  const { height, width } = size
  try {
    const { data, info } = await image
      .resize({ width, height, fit: 'cover', position: 'centre' })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { kind: 'decoded', pixels: withChannels(data, info.channels, size) }
  } catch (error) {
    return damaged(firstLine(error))
  }
}

/** Grey by the luma of ITU-R BT.601, as everyone has it; colour out of grey by repeating it. */
function withChannels(
  pixels: Uint8Array,
  channels: number,
  { height, width, channels: wanted }: ImageSize,
): Uint8Array {
  if (channels === wanted) return pixels
  const result = new Uint8Array(height * width * wanted)
  for (let pixel = 0; pixel < height * width; pixel++) {
    const at = pixel * channels
    const grey =
      channels < 3
        ? (pixels[at] ?? 0)
        : Math.round(0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0))
    result.fill(grey, pixel * wanted, (pixel + 1) * wanted)
  }
  return result
}

function damaged(reason: string): NoImage {
  return { kind: 'damaged', reason }
}

/** The library says in one line what is wrong and in the others where it found it. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.replace(/^Input [Bb]uffer /, '').replace(/:$/, '')
}
