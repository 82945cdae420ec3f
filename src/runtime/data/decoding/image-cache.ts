import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { replaceFile } from '../../../support/node/replace-file.js'
import { requireSystemError } from '../../../support/node/system-error.js'
import type { ImageSize } from '../image-set.js'
import type { DecodedImages } from './decode-images.js'
import type { DamagedImage, EncodedImage } from './encoded-image.js'

/** Where decoded images are kept for the next time. */
export interface ImageCache {
  readonly folder: string
  /** Bytes of pixels from which on they are kept: fewer are decoded in no time. */
  readonly least: number
  /** Bytes of all that is kept; what was not used for longest goes first. */
  readonly most: number
}

/** Decoded images as they are kept, or looked for. */
export interface KeptImages {
  /** Undefined: they are not there, or not intact. */
  read(): Promise<DecodedImages | undefined>
  /** @returns why they could not be kept, in words */
  keep(decoded: DecodedImages): string | undefined
}

/** Changes when pixels come about in another way. */
const format = 'nasc-images/1'
const ending = '.images'

/** That of the user: `$XDG_CACHE_HOME/nasc/images` and its like on other systems. */
export function userImageCache(): ImageCache {
  return { folder: join(envPaths('nasc', { suffix: '' }).cache, 'images'), least: 2 ** 22, most: 2 ** 34 }
}

/**
 * Images are known again by what the system says of their files, size and times of change, by the size that they are brought to
 * and by the library that decodes them. What is read is checked by a checksum of the pixels.
 */
export async function openImageCache(
  { folder, least, most }: ImageCache,
  images: readonly EncodedImage[],
  size: ImageSize,
  decoder: string,
): Promise<KeptImages> {
  const hash = createHash('sha256').update(JSON.stringify([format, decoder, size.height, size.width, size.channels]))
  for (const image of images) {
    const { path, group, label } = image
    hash.update(`\n${JSON.stringify([path, group, label, await image.version()])}`)
  }
  const path = join(folder, `${hash.digest('hex')}${ending}`)
  const bytes = images.length * size.height * size.width * size.channels
  return {
    read: () => readKept(path, bytes),
    keep(decoded) {
      if (bytes < least || bytes > most) return undefined
      try {
        mkdirSync(folder, { recursive: true })
        replaceFile(path, [...headerOf(decoded), decoded.pixels], `${path}.${String(process.pid)}.tmp`)
        makeRoom(folder, most)
        return undefined
      } catch (error) {
        requireSystemError(error)
        return `decoded images could not be kept in ${folder} (${error.code})`
      }
    },
  }
}

/** What stands before the pixels, as JSON behind its length. */
interface Header {
  readonly damaged: readonly DamagedImage[]
  readonly checksums: Readonly<Record<string, string>>
  readonly pixels: string
}

function headerOf({ pixels, damaged, checksums }: DecodedImages): readonly Uint8Array[] {
  const header: Header = { damaged, checksums, pixels: createHash('sha256').update(pixels).digest('hex') }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return [length, text]
}

/** A file that cannot be opened or is not whole is as good as none: the images are decoded again. */
async function readKept(path: string, bytes: number): Promise<DecodedImages | undefined> {
  const file = await openedOrNone(path)
  if (file === undefined) return undefined
  try {
    const { size } = await file.stat()
    const length = (await readFully(file, 0, 4)).readUInt32LE()
    if (size !== 4 + length + bytes) return undefined
    const text = (await readFully(file, 4, length)).toString('utf8')
    const pixels = await readFully(file, 4 + length, bytes)
    const header = parsedHeader(text)
    if (header?.pixels !== createHash('sha256').update(pixels).digest('hex')) return undefined
    const now = new Date()
    utimesSync(path, now, now)
    return { pixels, damaged: header.damaged, checksums: header.checksums }
  } catch (error) {
    if (!(error instanceof RangeError)) requireSystemError(error)
    return undefined
  } finally {
    await file.close()
  }
}

async function openedOrNone(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    requireSystemError(error)
    return undefined
  }
}

/** @throws RangeError where the file ends before */
async function readFully(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(length - done, 2 ** 30), from + done)
    if (bytesRead === 0) throw new RangeError('the file ends')
    done += bytesRead
  }
  return bytes
}

function parsedHeader(text: string): Header | undefined {
  try {
    return JSON.parse(text) as Header
  } catch {
    return undefined
  }
}

function makeRoom(folder: string, most: number): void {
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ path: join(folder, name), ...usageOf(join(folder, name)) }))
    .sort((a, b) => b.used - a.used)
  let sum = 0
  for (const { path, size } of kept) {
    sum += size
    if (sum > most) rmSync(path, { force: true })
  }
}

/** Another process may have taken it away meanwhile. */
function usageOf(path: string): { readonly size: number; readonly used: number } {
  const found = statSync(path, { throwIfNoEntry: false })
  return { size: found?.size ?? 0, used: found?.mtimeMs ?? 0 }
}
