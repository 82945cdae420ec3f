import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bounds } from '../../../src/runtime/data/bounds.js'
import { openDataset } from '../../../src/runtime/data/dataset.js'
import { openDecoder } from '../../../src/runtime/data/decoding/decode-image.js'
import { Failure } from '../../../src/catalogue/failure.js'
import { writeIdxFolder } from '../../support/data-files.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'
import { classNames, imageFile, mixed, writeFiles, writeImageFolder } from '../../support/image-files.js'

const size = { height: 12, width: 12, channels: 3 }

describe('image folders', () => {
  it('have a class for each folder, and their own images of validation and test', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 4, val: 2, test: 1 })
    const data = await openDataset(folder, { size })
    expect(data).toMatchObject({ ...size, format: 'image folder', classes: 3, classNames, validation: 6, notes: [] })
    expect(data.train.count).toBe(18)
    expect([...data.train.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 1, 1, 2, 2])
    expect([...data.test.labels]).toEqual([0, 1, 2])
    expect(Object.keys(data.checksums)).toEqual(
      ['train', 'val', 'test'].flatMap((part) => classNames.map((name) => `${part}/${name}`)),
    )
    // The channel of the class is bright.
    const [red = 0, green = 0] = data.test.images.subarray(432, 434)
    expect(green).toBeGreaterThan(red)
  })

  it('take the images of validation for the test where there are no others', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, val: 1 })
    const data = await openDataset(folder, { size })
    expect(data).toMatchObject({ validation: 0, train: { count: 6 }, test: { count: 3 } })
    expect(data.notes).toEqual(['there are no test images: those of validation test'])
  })

  it('draw a fifth of each class for the test where nothing is set apart', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { '': 10 })
    const [data, again] = [await openDataset(folder, { size }), await openDataset(folder, { size })]
    expect([...data.test.labels]).toEqual([0, 0, 1, 1, 2, 2])
    expect(data.train.count).toBe(24)
    expect(data.notes[0]).toContain('6 test images, a fifth of each class')
    expect(again).toEqual(data)
  })

  it('of mixed kinds and sizes come to the size that is asked for, in grey and in colour', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 6, test: 3 }, mixed)
    for (const channels of [1, 3]) {
      const data = await openDataset(folder, { size: { height: 10, width: 14, channels } })
      expect(data).toMatchObject({ height: 10, width: 14, channels, train: { count: 18 } })
      expect(data.train.images.length).toBe(18 * 140 * channels)
    }
    // Without a size, that of the first: cat/0.jpg.
    expect(await openDataset(folder)).toMatchObject({ width: 20, height: 16, channels: 3 })
  })

  it('are scaled until they cover the size, and cut about their centre', async () => {
    const pixels = Buffer.from(
      Array.from({ length: 8 * 4 }, (_, place) => (Math.floor((place % 8) / 2) % 3 === 0 ? 0 : 200)),
    )
    const wide = await sharp(pixels, { raw: { width: 8, height: 4, channels: 1 } })
      .png()
      .toBuffer()
    const files = { 'a/1.png': wide, 'a/2.png': wide, 'b/1.png': wide, 'b/2.png': wide }
    const data = await openDataset(writeFiles(temporaryFolder(), files), { size: { height: 4, width: 4, channels: 1 } })
    expect([...data.train.images.subarray(0, 16)]).toEqual(Array.from({ length: 16 }, () => 200))
  })

  it('are the same bits, however many are decoded at once', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 7, test: 2 }, mixed)
    const alone = await openDataset(folder, { size, atOnce: 1 })
    for (const atOnce of [2, 5, 64]) expect(await openDataset(folder, { size, atOnce })).toEqual(alone)
  })

  it('are the same bits when they come from the cache, which notices what has changed', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 4, test: 2 }, mixed)
    writeFileSync(join(folder, 'train/dog/0.jpg'), 'no image')
    const cache = { folder: join(temporaryFolder(), 'kept'), least: 0, most: 12_000 }
    const options = { size, skipCorrupt: true, cache }
    const cold = await openDataset(folder, options)
    const [kept = ''] = readdirSync(cache.folder)
    const warm = await openDataset(folder, options)
    expect(Buffer.from(warm.train.images).equals(cold.train.images)).toBe(true)
    expect(Buffer.from(warm.test.images).equals(cold.test.images)).toBe(true)
    expect({ ...warm, train: warm.train.labels, test: 0 }).toEqual({ ...cold, train: cold.train.labels, test: 0 })
    expect(readdirSync(cache.folder)).toEqual([kept])
    expect((await failureOf(() => openDataset(folder, { size, cache }))).code).toBe('NAS7120')

    // What is damaged in the cache is decoded again.
    const path = join(cache.folder, kept)
    const damages = [
      (bytes: Buffer) => bytes.fill(7, bytes.length - 9),
      (bytes: Buffer) => bytes.subarray(0, 50),
      (bytes: Buffer) => bytes.fill(0xff, 0, 9),
      () => Buffer.alloc(0),
    ]
    for (const damage of damages) {
      writeFileSync(path, damage(readFileSync(path)))
      expect((await openDataset(folder, options)).train).toEqual(cold.train)
    }
    // Another size is another file, and the one that was not used for longest makes room for it.
    expect(await openDataset(folder, { ...options, size: { ...size, width: 13 } })).toMatchObject({ width: 13 })
    expect(readdirSync(cache.folder)).toHaveLength(1)
    writeFileSync(join(folder, 'train/dog/0.jpg'), readFileSync(join(folder, 'train/cat/0.jpg')))
    expect((await openDataset(folder, { size, cache })).train.count).toBe(12)
  })

  it('are read where the cache cannot be written, and that is said', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const data = await openDataset(folder, { size, cache: { folder: join(file, 'kept'), least: 0, most: 1e9 } })
    expect(data.notes).toEqual([`decoded images could not be kept in ${join(file, 'kept')} (ENOTDIR)`])
  })

  it('name the folder of a class whose images have changed, and no other', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    const before = await openDataset(folder, { size })
    writeFileSync(join(folder, 'train/dog/1.png'), readFileSync(join(folder, 'train/cat/1.png')))
    const after = await openDataset(folder, { size })
    const changed = Object.keys(before.checksums).filter((name) => before.checksums[name] !== after.checksums[name])
    expect(changed).toEqual(['train/dog'])
  })
})

describe('image folders that do not fit', () => {
  async function failure(change: (folder: string) => void): Promise<{ code: string; message: string; help: string }> {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    change(folder)
    const { code, message, help } = await failureOf(() => openDataset(folder, { size }))
    return { code, message: message.replaceAll(folder, 'DIR'), help: help.replaceAll(folder, 'DIR') }
  }

  it('name a class that no image trains, and the near one', async () => {
    const found = await failure((folder) => renameSync(join(folder, 'test/dog'), join(folder, 'test/dogs')))
    expect(found).toEqual({
      code: 'NAS7128',
      message: 'DIR/test/dogs: the class dogs is not among those that train.',
      help: 'Did you mean `dog`? Those that train are: cat, dog, fox.',
    })
  })

  it('name an empty class, and a part without classes', async () => {
    const empty = await failure((folder) => {
      for (const name of ['0.png', '1.png']) unlinkSync(join(folder, 'train/fox', name))
    })
    expect(empty).toMatchObject({ code: 'NAS7109', message: 'DIR/train/fox: holds no image.' })
    const flat = await failure((folder) => {
      for (const name of classNames) rmSync(join(folder, 'test', name), { recursive: true })
      writeFileSync(join(folder, 'test/a.png'), '')
    })
    expect(flat).toMatchObject({
      code: 'NAS7127',
      message: 'DIR/test: holds no folders of classes (it holds a.png).',
    })
  })

  it('say how to choose where a folder fits several formats', async () => {
    const found = await failure((folder) => writeIdxFolder(folder))
    expect(found.code).toBe('NAS7129')
    expect(found.message).toContain('DIR: fits several formats: IDX (train-images')
    expect(found.help).toBe('Say which one is meant: --data idx:DIR or --data image-folder:DIR.')
    const both = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    writeIdxFolder(both)
    expect(await openDataset(`image-folder:${both}`, { size })).toMatchObject({ format: 'image folder', height: 12 })
    expect(await openDataset(`idx:${both}`, { size })).toMatchObject({ format: 'IDX', height: 2 })
  })

  it('refuse channels that image files do not have', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    const found = await failureOf(() => openDataset(folder, { size: { ...size, channels: 4 } }))
    expect(found.code).toBe('NAS7125')
  })

  it('refuse more images than are held, before there is memory for them', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    const found = await failureOf(() => openDataset(folder, { size: { height: 40_000, width: 40_000, channels: 3 } }))
    expect(found.code).toBe('NAS7123')
    expect(found.message).toContain('9 images of 40000 x 40000 x 3 are 40.2 GiB, more than the 4.00 GiB that are held')
  })
})

describe('damaged images', () => {
  it('are named at once, a bounded number of them, or left out and counted', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 6, test: 2 }, mixed)
    const intact = await openDataset(folder, { size })
    for (const name of ['train/cat/0.jpg', 'train/fox/4.webp']) truncateSync(join(folder, name), 60)
    writeFileSync(join(folder, 'test/dog/0.jpg'), '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    const { code, message, help } = await failureOf(() => openDataset(folder, { size }))
    expect(code).toBe('NAS7120')
    expect(message).toMatch(/^3 images of 24 cannot be decoded: /)
    for (const name of ['train/cat/0.jpg (', 'train/fox/4.webp (', 'test/dog/0.jpg (is SVG, and neither']) {
      expect(message).toContain(join(folder, name))
    }
    expect(help).toContain('--skip-corrupt')
    const left = await openDataset(folder, { size, skipCorrupt: true })
    expect(left.notes).toEqual(['3 damaged images left out'])
    expect([left.train.count, left.test.count]).toEqual([16, 5])
    // Those that are left are the same bits with the same labels.
    const numbers = 3 * 144
    expect(left.train.images.subarray(0, numbers)).toEqual(intact.train.images.subarray(numbers, 2 * numbers))
    expect([...left.train.labels]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2])

    for (const name of classNames) {
      for (const index of [0, 1, 2, 3, 4, 5]) {
        writeFileSync(join(folder, `train/${name}/${String(index)}.${['jpg', 'webp', 'png'][index % 3] ?? ''}`), 'no')
      }
    }
    const many = await failureOf(() => openDataset(folder, { size }))
    expect(many.message).toMatch(/^19 images of 24 cannot be decoded: .*; and 9 more\.$/)
    expect(many.message.split('; ')).toHaveLength(11)
    expect((await failureOf(() => openDataset(folder, { size, skipCorrupt: true }))).code).toBe('NAS7109')
  })

  it('do not count among the images of validation, and others do not change how many these are', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 3, val: 2, test: 2 }, mixed)
    for (const name of ['train/cat/1.webp', 'val/cat/0.jpg', 'val/fox/1.webp', 'test/cat/0.jpg']) {
      truncateSync(join(folder, name), 60)
    }
    const left = await openDataset(folder, { size, skipCorrupt: true })
    expect([left.train.count, left.validation, left.test.count]).toEqual([12, 4, 5])
    expect([...left.train.labels.subarray(8)]).toEqual([0, 1, 1, 2])
  })

  it('are refused by their header where they would unpack to too much', async () => {
    const small = await imageFile({ width: 8, height: 8, channels: 3, kind: 'png', label: 0, seed: 1 })
    // Width and height stand behind the signature and the name of the first part; its checksum follows them.
    const bomb = Buffer.from(small)
    bomb.writeUInt32BE(50_000, 16)
    bomb.writeUInt32BE(50_000, 20)
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
    const decoded = await (await openDecoder()).decode(bomb, size)
    expect(decoded).toEqual({
      kind: 'damaged',
      reason: 'has 50,000 x 50,000 pixels by its header, more than 67,108,864',
    })
    expect(bounds.imagePixels).toBe(67_108_864)
  })

  it('are refused by the size of their file before they are read', async () => {
    const folder = await writeImageFolder(temporaryFolder(), { train: 2, test: 1 })
    truncateSync(join(folder, 'train/cat/0.png'), 2 ** 28 + 1)
    const { message } = await failureOf(() => openDataset(folder, { size }))
    expect(message).toContain('train/cat/0.png (is a file of 256 MiB, more than 256 MiB)')
  })

  it('of any kind, cut or changed anywhere, decode or are named, and nothing else', async () => {
    const kinds = ['png', 'jpeg', 'webp'] as const
    const originals = await Promise.all(
      kinds.map((kind) => imageFile({ width: 24, height: 17, channels: 3, kind, label: 1, seed: 5 })),
    )
    const folder = await writeImageFolder(temporaryFolder(), { train: 1, test: 1 })
    const path = join(folder, 'train/cat/0.png')
    const damage = fc.record({
      which: fc.nat(2),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(damage, async ({ which, keep, flips }) => {
        const original = originals[which] ?? Buffer.alloc(0)
        const bytes = Buffer.from(original.subarray(0, Math.ceil(keep * original.length)))
        for (const [place, bits] of flips) {
          if (bytes.length > 0) bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ bits
        }
        writeFileSync(path, bytes)
        const opened = await openDataset(folder, { size }).catch((error: unknown) => error)
        if (opened instanceof Error) {
          expect(opened).toBeInstanceOf(Failure)
          expect(opened.message).toContain(path)
        }
        const left = await openDataset(folder, { size, skipCorrupt: true })
        expect(left.train.count).toBe(opened instanceof Error ? 2 : 3)
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320)
  }
  return (crc ^ 0xffffffff) >>> 0
}
