import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { createRandom } from '../../src/runtime/random/random.js'

export interface ImageFile {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly kind: 'png' | 'jpeg' | 'webp'
  /** The channel that is bright; of grey images, how bright. */
  readonly label: number
  readonly seed: number
}

/** An image with noise, in which the class shows. */
export function imageFile({ width, height, channels, kind, label, seed }: ImageFile): Promise<Buffer> {
  const random = createRandom(seed, 'image-files')
  const pixels = Buffer.alloc(width * height * channels)
  for (let place = 0; place < pixels.length; place++) {
    const isBright = channels === 1 || place % 3 === label % 3
    pixels[place] = (isBright ? 60 + 60 * (label % 3) : 20) + random.integer(60)
  }
  const image = sharp(pixels, { raw: { width, height, channels } })
  return (channels === 1 ? image.toColourspace('b-w') : image).toFormat(kind).toBuffer()
}

/** Writes files by their paths in a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, Buffer | string>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return folder
}

export const classNames = ['cat', 'dog', 'fox'] as const

/** `PART/CLASS/N.png` with so many images of each class. */
export async function writeImageFolder(
  folder: string,
  parts: Readonly<Record<string, number>>,
  like: (index: number) => Omit<ImageFile, 'label' | 'seed'> = () => colour64,
): Promise<string> {
  for (const [part, count] of Object.entries(parts)) {
    for (const [label, name] of classNames.entries()) {
      for (let index = 0; index < count; index++) {
        const file = like(index)
        const seed = 1000 * part.length + 100 * label + index
        const path = join(part, name, `${String(index)}.${file.kind === 'jpeg' ? 'jpg' : file.kind}`)
        writeFiles(folder, { [path]: await imageFile({ ...file, label, seed }) })
      }
    }
  }
  return folder
}

export const colour64 = { width: 64, height: 64, channels: 3, kind: 'png' } as const

/** JPEG, PNG and WebP of other sizes, grey and in colour. */
export function mixed(index: number): Omit<ImageFile, 'label' | 'seed'> {
  const kinds = ['jpeg', 'webp', 'png'] as const
  return {
    width: 20 + ((index * 7) % 30),
    height: 16 + ((index * 11) % 40),
    channels: index % 2 === 0 ? 3 : 1,
    kind: kinds[index % 3] ?? 'png',
  }
}
