import { Failure } from '../../../catalogue/failure.js'
import { plural } from '../../../support/format-quantity.js'
import { requireHeld } from '../bounds.js'
import { printSize, takeImages, type DataContent, type ImageSet } from '../image-set.js'
import { partsOf, settleParts, type Parts } from './parts.js'
import type { Pixels } from './pixel-array.js'

/** A part of a data set that is stored as an array of images and one of labels. */
export interface ArrayPart {
  readonly pixels: Pixels
  readonly labels: { readonly path: string; readonly values: ArrayLike<number> }
}

/** What is known of the classes beforehand. */
interface KnownClasses {
  readonly name: string
  readonly classes?: number
}

/**
 * A data set of arrays. Its classes are told by the labels that train, unless they are known.
 * @throws Failure NAS7107 counts, NAS7108 labels, NAS7110 sizes, NAS7123 too many, NAS7124 nothing to test on
 */
export function contentOfArrays(
  parts: Parts<ArrayPart>,
  known: KnownClasses,
  checksums: DataContent['checksums'],
): DataContent {
  const { train, validation, test } = parts
  const all = [train, validation, test].filter((part) => part !== undefined)
  for (const part of all) {
    requireCounts(part)
    requireSize(part, train)
  }
  requireHeld(
    train.pixels.path,
    all.reduce((sum, { pixels }) => sum + pixels.count, 0),
    train.pixels.size,
  )
  const highest = highestOf(train.labels.values)
  const classes = known.classes ?? highest + 1
  const why =
    known.classes === undefined
      ? `the highest of the training labels is ${String(highest)}`
      : `${known.name} has ${String(classes)} classes`
  for (const { labels } of all) requireLabels(labels.path, labels.values, classes, why)
  const sets = partsOf(imageSet(train), validation && imageSet(validation), test && imageSet(test))
  const settled = settleParts(sets, { labels: ({ labels }) => labels, take: taken })
  if (settled.test.count === 0) throw new Failure('nothing-to-test', { path: train.pixels.path })
  return {
    ...train.pixels.size,
    train: settled.validation === undefined ? settled.train : joined(settled.train, settled.validation),
    validation: settled.validation?.count ?? 0,
    test: settled.test,
    classes,
    notes: settled.notes,
    checksums,
  }
}

function imageSet({ pixels: { count, images }, labels }: ArrayPart): ImageSet {
  return { count, images, labels: Uint16Array.from(labels.values) }
}

function taken({ count, images, labels }: ImageSet, indices: Uint32Array): ImageSet {
  return {
    count: indices.length,
    images: takeImages(images, images.length / count, indices),
    labels: Uint16Array.from(indices, (index) => labels[index] ?? 0),
  }
}

function joined(first: ImageSet, second: ImageSet): ImageSet {
  const images = new Uint8Array(first.images.length + second.images.length)
  images.set(first.images)
  images.set(second.images, first.images.length)
  const labels = new Uint16Array(first.count + second.count)
  labels.set(first.labels)
  labels.set(second.labels, first.count)
  return { count: labels.length, images, labels }
}

function highestOf(values: ArrayLike<number>): number {
  let highest = 0
  for (let index = 0; index < values.length; index++) highest = Math.max(highest, values[index] ?? 0)
  return highest
}

function requireCounts({ pixels, labels }: ArrayPart): void {
  if (pixels.count === labels.values.length) return
  throw new Failure('counts-differ', {
    imagesPath: pixels.path,
    images: plural(pixels.count, 'image'),
    labelsPath: labels.path,
    labels: plural(labels.values.length, 'label'),
  })
}

function requireSize({ pixels: { path, size } }: ArrayPart, { pixels: train }: ArrayPart): void {
  if (printSize(size) === printSize(train.size)) return
  throw new Failure('sizes-differ', {
    trainPath: train.path,
    train: printSize(train.size),
    testPath: path,
    test: printSize(size),
  })
}

/** Labels are numbered from 0, and there may be 65,536 classes. */
function requireLabels(path: string, labels: ArrayLike<number>, classes: number, reason: string): void {
  const most = Math.min(classes, mostClasses)
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] ?? 0
    if (label >= 0 && label < most) continue
    throw new Failure('label-out-of-range', { path, index, label, highest: most - 1, reason })
  }
}

/** Labels are held in two bytes. */
export const mostClasses = 65_536
