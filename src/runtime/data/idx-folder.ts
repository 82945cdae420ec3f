import { plural } from '../../support/format-quantity.js'
import { readDataFile, type DataFile } from './data-file.js'
import { Failure } from '../../catalogue/failure.js'
import type { FoundDataset } from './found-dataset.js'
import { parseIdx, type IdxRole } from './idx.js'
import type { Dataset, ImageSet } from './image-set.js'

/** The four files of an IDX data set and their usual names, as MNIST and Fashion-MNIST have them. */
export const idxFiles = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const

const imageRole: IdxRole = { what: 'images', rank: 3, dimensions: 'three (number x height x width)' }
const labelRole: IdxRole = { what: 'labels', rank: 1, dimensions: 'one (number)' }

interface IdxPart extends ImageSet {
  readonly height: number
  readonly width: number
  readonly imagesFile: DataFile
  readonly labelsFile: DataFile
}

/** @throws Failure NAS7101 … NAS7110 */
export async function openIdx(found: FoundDataset): Promise<Dataset> {
  const [train, test] = await Promise.all([
    readPart(found, 'training', idxFiles.trainImages, idxFiles.trainLabels),
    readPart(found, 'test', idxFiles.testImages, idxFiles.testLabels),
  ])
  if (train.height !== test.height || train.width !== test.width) {
    throw new Failure('sizes-differ', {
      trainPath: train.imagesFile.path,
      train: size(train),
      testPath: test.imagesFile.path,
      test: size(test),
    })
  }
  const highest = train.labels.reduce((most, label) => Math.max(most, label), 0)
  const classes = found.classes ?? highest + 1
  const why =
    found.classes === undefined
      ? `the highest of the training labels is ${String(highest)}`
      : `${found.name} has ${String(classes)} classes`
  requireLabels(train, classes, why)
  requireLabels(test, classes, why)
  return {
    name: found.name,
    train: { count: train.count, images: train.images, labels: train.labels },
    test: { count: test.count, images: test.images, labels: test.labels },
    height: train.height,
    width: train.width,
    channels: 1,
    classes,
    checksums: {
      [idxFiles.trainImages]: train.imagesFile.checksum,
      [idxFiles.trainLabels]: train.labelsFile.checksum,
      [idxFiles.testImages]: test.imagesFile.checksum,
      [idxFiles.testLabels]: test.labelsFile.checksum,
    },
  }
}

async function readPart(found: FoundDataset, which: string, imagesName: string, labelsName: string): Promise<IdxPart> {
  const [imagesFile, labelsFile] = await Promise.all([
    readDataFile(found.pathOf(imagesName), `${which} images`),
    readDataFile(found.pathOf(labelsName), `${which} labels`),
  ])
  const images = parseIdx(imagesFile, imageRole)
  const labels = parseIdx(labelsFile, labelRole)
  const [count = 0, height = 0, width = 0] = images.sizes
  const labelCount = labels.values.length
  if (count !== labelCount) {
    throw new Failure('counts-differ', {
      imagesPath: imagesFile.path,
      images: plural(count, 'image'),
      labelsPath: labelsFile.path,
      labels: plural(labelCount, 'label'),
    })
  }
  if (images.values.length === 0) throw new Failure('no-images', { path: imagesFile.path })
  return { count, height, width, images: images.values, labels: labels.values, imagesFile, labelsFile }
}

function requireLabels(part: IdxPart, classes: number, reason: string): void {
  const index = part.labels.findIndex((label) => label >= classes)
  const label = part.labels[index]
  if (label === undefined) return
  throw new Failure('label-out-of-range', {
    path: part.labelsFile.path,
    index,
    label,
    highest: classes - 1,
    reason,
  })
}

function size(part: IdxPart): string {
  return `${String(part.height)} x ${String(part.width)}`
}
