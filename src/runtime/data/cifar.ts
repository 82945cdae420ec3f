import { wrongLength } from './wrong-length.js'
import { readDataFile, type DataFile } from './data-file.js'
import { Failure } from '../../catalogue/failure.js'
import type { FoundDataset } from './found-dataset.js'
import type { Dataset, ImageSet } from './image-set.js'

/**
 * CIFAR binary: records of one label (CIFAR-10) or a coarse and a fine label (CIFAR-100, of which the fine one is used)
 * and 3072 bytes, the red plane first, then green, then blue.
 * Source of the format: A. Krizhevsky, "The CIFAR-10 dataset", binary version.
 */
export const cifarFormats = {
  'cifar-10': {
    train: ['data_batch_1.bin', 'data_batch_2.bin', 'data_batch_3.bin', 'data_batch_4.bin', 'data_batch_5.bin'],
    test: ['test_batch.bin'],
    labelBytes: 1,
    classes: 10,
  },
  'cifar-100': { train: ['train.bin'], test: ['test.bin'], labelBytes: 2, classes: 100 },
} as const

const side = 32
const plane = side * side
const channels = 3

/** @throws Failure NAS7101 missing, NAS7102 unreadable, NAS7105 not whole records, NAS7108 label, NAS7109 empty */
export async function openCifar(found: FoundDataset, version: keyof typeof cifarFormats): Promise<Dataset> {
  const format = cifarFormats[version]
  const [train, test] = await Promise.all([
    Promise.all(format.train.map((name) => readDataFile(found.pathOf(name), 'training images'))),
    Promise.all(format.test.map((name) => readDataFile(found.pathOf(name), 'test images'))),
  ])
  const names = [...format.train, ...format.test]
  return {
    name: found.name,
    train: readRecords(train, format.labelBytes, format.classes, found.name),
    test: readRecords(test, format.labelBytes, format.classes, found.name),
    height: side,
    width: side,
    channels,
    classes: format.classes,
    checksums: Object.fromEntries([...train, ...test].map((file, index) => [names[index] ?? file.path, file.checksum])),
  }
}

function readRecords(files: readonly DataFile[], labelBytes: number, classes: number, name: string): ImageSet {
  const record = labelBytes + channels * plane
  for (const { path, content } of files) {
    if (content.length === 0) throw new Failure('no-images', { path })
    const whole = Math.ceil(content.length / record)
    if (content.length % record !== 0) {
      throw wrongLength(path, whole * record, content.length, `whole records of ${String(record)} bytes`)
    }
  }
  const count = files.reduce((sum, { content }) => sum + content.length / record, 0)
  const images = new Uint8Array(count * plane * channels)
  const labels = new Uint8Array(count)
  let image = 0
  for (const { path, content } of files) {
    for (let start = 0; start < content.length; start += record, image++) {
      const label = content[start + labelBytes - 1] ?? 0
      if (label >= classes) {
        const reason = `${name} has ${String(classes)} classes`
        throw new Failure('label-out-of-range', { path, index: start / record, label, highest: classes - 1, reason })
      }
      labels[image] = label
      interleave(content.subarray(start + labelBytes, start + record), images, image * plane * channels)
    }
  }
  return { count, images, labels }
}

/** Planes to channels last. */
function interleave(planes: Uint8Array, images: Uint8Array, offset: number): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < plane; pixel++) {
      images[offset + pixel * channels + channel] = planes[channel * plane + pixel] ?? 0
    }
  }
}
