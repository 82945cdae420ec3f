import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src/catalogue/failure.js'
import { readDataFile } from '../../../src/runtime/data/data-file.js'
import { openDataset } from '../../../src/runtime/data/dataset.js'
import { dataFormats } from '../../../src/runtime/data/formats/index.js'
import { dataFolders, pixelsOf } from '../../support/data-folders.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'
import { classNames, imageFile, writeFiles } from '../../support/image-files.js'
import { npyFile, npyLabels } from '../../support/npy.js'

const size = { height: 12, width: 12, channels: 3 }

/** Code and message of what refuses a folder of these files, which is called DIR. */
async function refusal(
  files: Readonly<Record<string, Buffer | string>>,
): Promise<{ code: string; message: string; help: string }> {
  const folder = writeFiles(temporaryFolder(), files)
  const { code, message, help } = await failureOf(() => openDataset(folder, { size }))
  return { code, message: message.replaceAll(folder, 'DIR'), help }
}

const { pixels, labels } = pixelsOf(6, 1)
const x = npyFile('u1', [6, 12, 12, 3], pixels)
const y = npyLabels(labels)

describe('arrays of NumPy', () => {
  it('keep pixels and labels, whatever the type of these', async () => {
    const types = [
      npyLabels(labels),
      npyFile('u1', [6, 1], Uint8Array.from(labels)),
      npyFile('i4', [6], new Uint8Array(Uint8Array.from(labels.flatMap((label) => [0, 0, 0, label]))), '>'),
    ]
    for (const type of types) {
      const files = { 'x_train.npy': x, 'y_train.npy': type, 'x_test.npy': x, 'y_test.npy': y }
      const data = await openDataset(writeFiles(temporaryFolder(), files))
      expect(data).toMatchObject({ format: 'NumPy arrays', ...size, classes: 3, notes: [] })
      expect([...data.train.labels]).toEqual(labels)
      expect(Buffer.from(data.train.images).equals(pixels)).toBe(true)
    }
  })

  it('come from one archive, packed too, as MedMNIST has them', async () => {
    const members = { 'train_images.npy': x, 'train_labels.npy': y, 'val_images.npy': x, 'val_labels.npy': y }
    const all = { ...members, 'test_images.npy': x, 'test_labels.npy': y, 'more.npy': y }
    const data = await openDataset(writeFiles(temporaryFolder(), { 'a.npz': Buffer.from(zipSync(all, { level: 6 })) }))
    expect(data).toMatchObject({ format: 'NumPy archive', validation: 6, train: { count: 12 }, test: { count: 6 } })
    expect(Object.keys(data.checksums)).toHaveLength(6)
  })

  it('with channels before the pixels are turned, and a file is enough to name', async () => {
    const planes = Uint8Array.from({ length: 2 * 3 * 12 * 12 }, (_, place) => Math.floor(place / 144))
    const folder = writeFiles(temporaryFolder(), {
      'mine.npz': Buffer.from(
        zipSync({ 'images.npy': npyFile('u1', [2, 3, 12, 12], planes), 'labels.npy': npyLabels([0, 0]) }),
      ),
      'readme.txt': 'no data',
    })
    const data = await openDataset(join(folder, 'mine.npz'))
    expect(data).toMatchObject({ name: 'mine.npz', ...size, train: { count: 1 }, test: { count: 1 } })
    const [first = 0] = data.train.images
    expect([...data.train.images.subarray(0, 6)]).toEqual([first, first + 1, first + 2, first, first + 1, first + 2])
  })

  it.each([
    [
      'floats',
      { 'x_train.npy': npyFile('f4', [1, 1, 1], new Uint8Array(4), '<'), 'y_train.npy': npyLabels([0]) },
      'NAS7130',
      'its numbers are f4',
    ],
    [
      'no labels',
      { 'x_train.npy': x },
      'NAS7132',
      'has no array y_train or train_labels or labels or y, found x_train',
    ],
    [
      'fewer labels',
      { 'x_train.npy': x, 'y_train.npy': npyLabels([0, 1]) },
      'NAS7107',
      'holds 2 labels, but DIR/x_train.npy holds 6 images',
    ],
    [
      'a label below 0',
      { 'x_train.npy': x, 'y_train.npy': npyLabels([0, 1, -1, 0, 1, 2]) },
      'NAS7108',
      'label number 2 (counted from 0) is -1',
    ],
    [
      'another size',
      {
        'x_train.npy': x,
        'y_train.npy': y,
        'x_test.npy': npyFile('u1', [1, 2, 2, 3], new Uint8Array(12)),
        'y_test.npy': npyLabels([0]),
      },
      'NAS7110',
      'its images are 2 x 2 x 3',
    ],
    [
      'two dimensions',
      { 'x_train.npy': npyFile('u1', [6, 432], pixels), 'y_train.npy': y },
      'NAS7106',
      'its dimensions are 6 x 432',
    ],
    ['no magic', { 'x_train.npy': 'something else', 'y_train.npy': y }, 'NAS7130', 'does not begin with'],
    ['a broken archive', { 'a.npz': 'PK something else' }, 'NAS7131', 'is not an intact archive file'],
    [
      'one image',
      { 'x_train.npy': npyFile('u1', [1, 12, 12, 3], pixels.subarray(0, 432)), 'y_train.npy': npyLabels([0]) },
      'NAS7124',
      'has no test images',
    ],
  ])('with %s are refused by name', async (_, files, code, message) => {
    const found = await refusal(files)
    expect(found.code).toBe(code)
    expect(found.message).toContain(message)
  })
})

describe('packed files', () => {
  it('that unpack to more than they may are refused while they are unpacked', async () => {
    const folder = writeFiles(temporaryFolder(), { 'a.gz': gzipSync(Buffer.alloc(4_000_000)) })
    const found = await failureOf(() => readDataFile(join(folder, 'a.gz'), 'images', 100_000))
    expect(found.code).toBe('NAS7122')
    expect(found.message).toMatch(/3\.8\d KiB unpack to more than 97\.7 KiB/)
    expect((await readDataFile(join(folder, 'a.gz'), 'images', 4_000_000)).content.length).toBe(4_000_000)
  })

  it('are refused by what their archive says before there is memory for it', async () => {
    const archive = Buffer.from(zipSync({ 'x_train.npy': x, 'y_train.npy': y }))
    // The size before packing stands in the directory at the end, 24 bytes behind its signature.
    archive.writeUInt32LE(0xf0000000, archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
    const found = await refusal({ 'a.npz': archive })
    expect(found.code).toBe('NAS7122')
    expect(found.message).toContain('unpack to more than 1.00 GiB')
  })
})

describe('tables of paths', () => {
  const image = (label: number): Promise<Buffer> =>
    imageFile({ width: 9, height: 7, channels: 3, kind: 'png', label, seed: 3 })

  it('have classes by name or by number, parts by column or by file', async () => {
    const folder = writeFiles(temporaryFolder(), { 'all/a.png': await image(0), 'all/b.png': await image(1) })
    writeFiles(folder, {
      'train.csv': 'file,target\nall/a.png,10\nall/b.png,9\n',
      'test.csv': 'file,target\nall/b.png,9\n',
    })
    const data = await openDataset(folder, { size })
    expect(data).toMatchObject({ format: 'CSV of paths', classNames: ['9', '10'], notes: [] })
    expect([[...data.train.labels], [...data.test.labels]]).toEqual([[1, 0], [0]])
  })

  it.each([
    [
      'a missing column',
      'path,species\na.png,cat\n',
      'NAS7133',
      'DIR/a.csv: has no column with the labels: label or class or target or class_name.',
    ],
    ['an empty label', 'path,label\na.png,cat\nb.png,\n', 'NAS7134', 'DIR/a.csv:3: has no label.'],
    [
      'an unknown part',
      'path,label,split\na.png,cat,train\nb.png,cat,exam\n',
      'NAS7135',
      'DIR/a.csv:3: exam is no part of a data set.',
    ],
    [
      'a class that no image trains',
      'path,label,split\na.png,cat,train\na.png,cut,test\n',
      'NAS7128',
      'DIR/a.csv:3: the class cut is not among those that train.',
    ],
    [
      'images that are not there',
      'path,label\na.png,cat\nb.png,cat\n',
      'NAS7120',
      '2 images of 2 cannot be decoded: DIR/a.png (is not there); DIR/b.png (is not there).',
    ],
    ['rows of other lengths', 'path,label\na.png\n', 'NAS7585', 'DIR/a.csv'],
    ['no row', 'path,label\n', 'NAS7109', 'DIR/a.csv: holds no image.'],
  ])('with %s are refused by name', async (_, text, code, message) => {
    const found = await refusal({ 'a.csv': text })
    expect(found.code).toBe(code)
    expect(found.message).toContain(message)
  })
})

describe('Parquet', () => {
  const table = (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']): Buffer =>
    Buffer.from(parquetWriteBuffer({ columnData }))

  it('has names of classes as Hugging Face writes them', async () => {
    const folder = temporaryFolder()
    await dataFolders['parquet']?.(folder)
    const data = await openDataset(folder, { size })
    expect(data).toMatchObject({ classNames, classes: 3, train: { count: 24 }, test: { count: 9 } })
    expect([...data.test.labels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2])
    expect(Object.keys(data.checksums)).toHaveLength(3)
  })

  it('of plain bytes and words is read, and damaged images are named by their rows', async () => {
    const bytes = Uint8Array.from(
      await imageFile({ width: 9, height: 7, channels: 1, kind: 'webp', label: 0, seed: 3 }),
    )
    const image = [bytes, bytes, Uint8Array.of(1, 2), bytes]
    const all = table([
      { name: 'image', data: image, type: 'BYTE_ARRAY' },
      { name: 'label', data: ['b', 'a', 'a', 'b'], type: 'STRING' },
    ])
    const found = await refusal({ 'some.parquet': all })
    expect(found.message).toBe(
      '1 image of 4 cannot be decoded: DIR/some.parquet, row 2 (contains unsupported image format).',
    )
    const folder = writeFiles(temporaryFolder(), { 'some.parquet': all })
    const data = await openDataset(folder, { size, skipCorrupt: true })
    expect(data.classNames).toEqual(['a', 'b'])
    expect(data.train.count + data.test.count).toBe(3)
  })

  it('names columns that are missing, and values', async () => {
    const found = await refusal({ 'a.parquet': table([{ name: 'text', data: ['b'], type: 'STRING' }]) })
    expect(found).toMatchObject({ code: 'NAS7133', help: 'Rename the column that is meant.' })
    expect(found.message).toContain('Its columns are text.')
    const empty = await refusal({
      'a.parquet': table([
        { name: 'image', data: [undefined, undefined], type: 'BYTE_ARRAY' },
        { name: 'label', data: [0n, 1n], type: 'INT64' },
      ]),
    })
    expect(empty).toMatchObject({ code: 'NAS7134', message: 'DIR/a.parquet, row 0: has no image.' })
  })
})

describe('any format', () => {
  it('has its word and its row in the page on data', () => {
    const page = readFileSync('docs/data.md', 'utf8')
    const words = [...page.matchAll(/^\| `(?<word>[\w-]+)` +\| (?!\d|the same)/gmu)].map(
      ({ groups }) => groups?.['word'],
    )
    expect(words).toEqual(expect.arrayContaining(Object.keys(dataFormats)))
    expect(words).toHaveLength(Object.keys(dataFormats).length)
  })

  it.each(Object.entries(dataFolders))(
    '%s, damaged anywhere, is read or refused, and nothing else',
    async (_, write) => {
      const folder = temporaryFolder()
      await write(folder)
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
      const damage = fc.record({
        which: fc.nat(files.length - 1),
        keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
        flips: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
          maxLength: 3,
        }),
        isGone: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(damage, async ({ which, keep, flips, isGone }) => {
          const path = files[which] ?? ''
          const original = readFileSync(path)
          const bytes = Buffer.from(original.subarray(0, Math.ceil(keep * original.length)))
          for (const [share, bits] of flips) {
            // Headers stand at the ends of files, so places there are as likely as all others together.
            const near = share < 0.25 ? share / 4 : share > 0.75 ? 1 - (1 - share) / 4 : share
            const place = Math.floor(near * (bytes.length - 1))
            if (bytes.length > 0) bytes[place] = (bytes[place] ?? 0) ^ bits
          }
          if (isGone && flips.length === 0) rmSync(path)
          else writeFileSync(path, bytes)
          try {
            const opened = await openDataset(folder, { size }).catch((error: unknown) => error)
            if (opened instanceof Error) expect(opened).toBeInstanceOf(Failure)
          } finally {
            writeFileSync(path, original)
          }
        }),
        { numRuns: 40, seed: 2 },
      )
    },
  )
})
