import { join } from 'node:path'
import { zipSync } from 'fflate'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { createRandom } from '../../src/runtime/random/random.js'
import { cifarRecord, idx } from './data-files.js'
import { classNames, colour64, imageFile, mixed, writeFiles, writeImageFolder } from './image-files.js'
import { npyFile, npyLabels } from './npy.js'

/** Images of 12 x 12 x 3 in three classes, as bytes with channels last. */
export function pixelsOf(count: number, seed: number): { readonly pixels: Uint8Array; readonly labels: number[] } {
  const random = createRandom(seed, 'data-folders')
  const labels = Array.from({ length: count }, (_, index) => index % 3)
  const pixels = labels.flatMap((label) =>
    Array.from({ length: 432 }, (_, place) => (place % 3 === label ? 170 : 20) + random.integer(60)),
  )
  return { pixels: Uint8Array.from(pixels), labels }
}

async function imagesOf(count: number, seed: number) {
  const labels = Array.from({ length: count }, (_, index) => index % 3)
  const images = await Promise.all(
    labels.map((label, index) => imageFile({ ...mixed(index), label, seed: seed + index })),
  )
  return { labels, images }
}

function arrays(): Readonly<Record<string, Buffer>> {
  const [train, test] = [pixelsOf(24, 1), pixelsOf(9, 2)]
  return {
    'x_train.npy': npyFile('u1', [24, 12, 12, 3], train.pixels),
    'y_train.npy': npyLabels(train.labels),
    'x_test.npy': npyFile('u1', [9, 12, 12, 3], test.pixels),
    'y_test.npy': npyLabels(test.labels),
  }
}

async function table(count: number, seed: number): Promise<Buffer> {
  const { labels, images } = await imagesOf(count, seed)
  return Buffer.from(
    parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
      ],
      columnData: [
        { name: 'image', data: images.map((bytes) => ({ bytes: Uint8Array.from(bytes), path: 'a.png' })) },
        { name: 'label', data: labels.map(BigInt) },
      ],
      kvMetadata: [
        { key: 'huggingface', value: JSON.stringify({ info: { features: { label: { names: classNames } } } }) },
      ],
    }),
  )
}

/** A small data set of each format, under the word that names it. */
export const dataFolders: Readonly<Record<string, (folder: string) => Promise<string> | string>> = {
  idx(folder) {
    const [train, test] = [pixelsOf(24, 1), pixelsOf(9, 2)]
    return writeFiles(folder, {
      'train-images-idx4-ubyte': idx([24, 12, 12, 3], train.pixels),
      'train-labels-idx1-ubyte': idx([24], train.labels),
      't10k-images-idx4-ubyte': idx([9, 12, 12, 3], test.pixels),
      't10k-labels-idx1-ubyte': idx([9], test.labels),
    })
  },
  'cifar-10': (folder) =>
    writeFiles(folder, {
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((part) => [
          `data_batch_${String(part)}.bin`,
          Buffer.concat([0, 1, 2, 3].map((label) => cifarRecord([label], 40 * label + part))),
        ]),
      ),
      'test_batch.bin': Buffer.concat([0, 1, 2, 3].map((label) => cifarRecord([label], 40 * label))),
      'batches.meta.txt': `${Array.from({ length: 10 }, (_, label) => `class ${String(label)}`).join('\n')}\n\n`,
    }),
  'cifar-100': (folder) =>
    writeFiles(folder, {
      'train.bin': Buffer.concat(Array.from({ length: 20 }, (_, index) => cifarRecord([0, index], 10 * index))),
      'test.bin': Buffer.concat([cifarRecord([0, 3], 30), cifarRecord([0, 7], 70)]),
    }),
  'image-folder': (folder) => writeImageFolder(folder, { train: 8, val: 2, test: 3 }, () => colour64),
  async csv(folder) {
    const { labels, images } = await imagesOf(33, 5)
    const names = images.map((_, index) => join('all', `${String(index)}.img`))
    const rows = labels.map(
      (label, index) => `${names[index] ?? ''},${classNames[label] ?? ''},${index < 24 ? 'train' : 'test'}`,
    )
    return writeFiles(folder, {
      ...Object.fromEntries(images.map((bytes, index) => [names[index] ?? '', bytes])),
      'labels.csv': ['path,label,split', ...rows, ''].join('\n'),
    })
  },
  npy: (folder) => writeFiles(folder, arrays()),
  npz: (folder) => writeFiles(folder, { 'data.npz': Buffer.from(zipSync({ ...arrays() })) }),
  async parquet(folder) {
    return writeFiles(folder, {
      'train-00000-of-00002.parquet': await table(12, 1),
      'train-00001-of-00002.parquet': await table(12, 50),
      'test-00000-of-00001.parquet': await table(9, 100),
    })
  },
}
