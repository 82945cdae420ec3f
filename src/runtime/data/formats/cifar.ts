import { Failure } from '../../../catalogue/failure.js'
import { readDataFile, type DataFile } from '../data-file.js'
import { requireHeld } from '../bounds.js'
import type { DataContent, ImageSet } from '../image-set.js'
import { holds, pathIn, type Listing } from '../listing.js'
import { wrongLength } from '../wrong-length.js'
import type { DataFormat } from './format.js'
import { interleave } from './pixel-array.js'

/**
 * CIFAR binary: records of one label (CIFAR-10) or a coarse and a fine label (CIFAR-100, of which the fine one is used)
 * and 3072 bytes, the red plane first, then green, then blue.
 * Source of the format: A. Krizhevsky, "The CIFAR-10 dataset", binary version.
 */
interface CifarVersion {
  readonly title: string
  readonly train: readonly string[]
  readonly test: readonly string[]
  /** A line for the name of each class. */
  readonly names: string
  readonly labelBytes: number
  readonly classes: number
}

export const cifar10 = cifar({
  title: 'CIFAR-10 binary',
  train: ['data_batch_1.bin', 'data_batch_2.bin', 'data_batch_3.bin', 'data_batch_4.bin', 'data_batch_5.bin'],
  test: ['test_batch.bin'],
  names: 'batches.meta.txt',
  labelBytes: 1,
  classes: 10,
})

export const cifar100 = cifar({
  title: 'CIFAR-100 binary',
  train: ['train.bin'],
  test: ['test.bin'],
  names: 'fine_label_names.txt',
  labelBytes: 2,
  classes: 100,
})

const side = 32
const plane = side * side
const channels = 3

function cifar(version: CifarVersion): DataFormat {
  const { title, train, test } = version
  const [first = '', last = first] = [train[0], train.at(-1)]
  return {
    title,
    wants: `${first === last ? first : `${first} … ${last}`}, ${test.join(', ')}`,
    recognise: (listing) => [...train, ...test].some((file) => holds(listing, file)),
    open: ({ name, listing }) => openVersion(version, name, listing),
  }
}

/** @throws Failure NAS7101 missing, NAS7102 unreadable, NAS7105 not whole records, NAS7108 label, NAS7109 empty */
async function openVersion(version: CifarVersion, name: string, listing: Listing): Promise<DataContent> {
  const { labelBytes, classes } = version
  const [train, test] = await Promise.all([
    Promise.all(version.train.map((file) => readDataFile(pathIn(listing, file), 'training images'))),
    Promise.all(version.test.map((file) => readDataFile(pathIn(listing, file), 'test images'))),
  ])
  const files = [...version.train, ...version.test]
  const classNames = await namesOf(version, listing)
  return {
    train: readRecords(train, labelBytes, classes, name),
    validation: 0,
    test: readRecords(test, labelBytes, classes, name),
    height: side,
    width: side,
    channels,
    classes,
    ...(classNames !== undefined && { classNames }),
    notes: [],
    checksums: Object.fromEntries([...train, ...test].map((file, index) => [files[index] ?? file.path, file.checksum])),
  }
}

/** Undefined where the file with the names is not beside the others, or does not name every class. */
async function namesOf({ names, classes }: CifarVersion, listing: Listing): Promise<readonly string[] | undefined> {
  if (!listing.files.includes(names)) return undefined
  const { content } = await readDataFile(pathIn(listing, names), 'names of the classes')
  const lines = Buffer.from(content).toString('utf8').split('\n')
  const named = lines.map((line) => line.trim()).filter((line) => line !== '')
  return named.length === classes ? named : undefined
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
  requireHeld(files[0]?.path ?? name, count, { height: side, width: side, channels })
  const images = new Uint8Array(count * plane * channels)
  const labels = new Uint16Array(count)
  let image = 0
  for (const { path, content } of files) {
    for (let start = 0; start < content.length; start += record, image++) {
      const label = content[start + labelBytes - 1] ?? 0
      if (label >= classes) {
        const reason = `${name} has ${String(classes)} classes`
        throw new Failure('label-out-of-range', { path, index: start / record, label, highest: classes - 1, reason })
      }
      labels[image] = label
      interleave(content.subarray(start + labelBytes, start + record), channels, images, image * plane * channels)
    }
  }
  return { count, images, labels }
}
