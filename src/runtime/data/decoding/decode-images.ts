import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { requireSystemError } from '../../../support/node/system-error.js'
import type { OpenOptions } from '../formats/format.js'
import type { ImageSize } from '../image-set.js'
import type { ImageDecoder } from './decode-image.js'
import type { DamagedImage, EncodedImage, NoImage } from './encoded-image.js'

/** Images that were decoded. */
export interface DecodedImages {
  /** `[count, height, width, channels]`; zeros where one is damaged. */
  readonly pixels: Uint8Array
  readonly damaged: readonly DamagedImage[]
  /** Group -> `sha256:…` of the labels and files of its images, in their order. */
  readonly checksums: Readonly<Record<string, string>>
}

/**
 * Decodes images beside each other. Each is written at its own place, so that the bits do not hang on how many are decoded at
 * once.
 */
export async function decodeImages(
  images: readonly EncodedImage[],
  size: ImageSize,
  decoder: ImageDecoder,
  { atOnce = availableParallelism(), onDecoded }: Pick<OpenOptions, 'atOnce' | 'onDecoded'> = {},
): Promise<DecodedImages> {
  const numbers = size.height * size.width * size.channels
  const pixels = new Uint8Array(images.length * numbers)
  const digests = new Array<string>(images.length)
  const damaged: DamagedImage[] = []
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < images.length; index = next++) {
      const image = images[index]
      if (image === undefined) return
      const bytes = await readBytes(image)
      const decoded = bytes instanceof Uint8Array ? await decoder.decode(bytes, size) : bytes
      digests[index] = bytes instanceof Uint8Array ? createHash('sha256').update(bytes).digest('hex') : 'missing'
      if (decoded.kind === 'decoded') pixels.set(decoded.pixels, index * numbers)
      else damaged.push({ index, reason: decoded.reason })
      onDecoded?.(++done, images.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, images.length) }, work))
  return { pixels, damaged: damaged.sort((a, b) => a.index - b.index), checksums: groupChecksums(images, digests) }
}

/** The bytes of an image, or why it has none. */
export async function readBytes(image: EncodedImage): Promise<Uint8Array | NoImage> {
  try {
    return await image.read()
  } catch (error) {
    requireSystemError(error)
    const { code } = error
    return { kind: 'damaged', reason: code === 'ENOENT' ? 'is not there' : `cannot be read (${code})` }
  }
}

function groupChecksums(images: readonly EncodedImage[], digests: readonly string[]): Readonly<Record<string, string>> {
  const groups = new Map<string, ReturnType<typeof createHash>>()
  images.forEach(({ group, label }, index) => {
    const hash = groups.get(group) ?? createHash('sha256')
    groups.set(group, hash.update(`${String(label)} ${digests[index] ?? ''}\n`))
  })
  return Object.fromEntries([...groups].map(([group, hash]) => [group, `sha256:${hash.digest('hex')}`]))
}
