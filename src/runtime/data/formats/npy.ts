import { extname } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { bounds, unpacksToTooMuch } from '../bounds.js'
import { checksumOf, readDataFile } from '../data-file.js'
import type { DataContent } from '../image-set.js'
import { pathIn } from '../listing.js'
import { contentOfArrays, type ArrayPart } from './array-content.js'
import type { DataFormat, FoundData } from './format.js'
import { parseNpy, wholeNumbers, type NpyArray } from './npy-array.js'
import { partsOf, type PartName, type Parts } from './parts.js'
import { readPixels } from './pixel-array.js'

/** Names of arrays, of which a data set has those of one row for each part: as Keras and MedMNIST call them, and as prose does. */
const arrayNames = {
  train: { images: ['x_train', 'train_images', 'images', 'x'], labels: ['y_train', 'train_labels', 'labels', 'y'] },
  validation: { images: ['x_val', 'val_images'], labels: ['y_val', 'val_labels'] },
  test: { images: ['x_test', 'test_images'], labels: ['y_test', 'test_labels'] },
} as const

const wanted = 'x_train, y_train, x_test, y_test, or train_images and so on; x_val, y_val if there are such'

/** A file for each array. */
export const npy: DataFormat = {
  title: 'NumPy arrays',
  wants: wanted.replaceAll(/(x|y)_(train|test|val)\b/g, '$1_$2.npy'),
  recognise: ({ files }) => files.some(isArrayFile),
  open: openNpy,
}

/** All arrays in one archive. */
export const npz: DataFormat = {
  title: 'NumPy archive',
  wants: `one .npz with ${wanted}`,
  recognise: ({ files }) => files.filter((file) => extname(file) === '.npz').length === 1,
  open: openNpz,
}

/** @throws Failure NAS7101, NAS7130; as `contentOfArrays` */
async function openNpy(found: FoundData): Promise<DataContent> {
  const { listing } = found
  const arrays = new Map<string, NpyArray>()
  const checksums: Record<string, string> = {}
  for (const file of listing.files.filter(isArrayFile)) {
    const name = arrayIn(file)
    const { path, content, checksum } = await readDataFile(pathIn(listing, file), name)
    arrays.set(name, parseNpy(path, content))
    checksums[file] = checksum
  }
  return contentOfArrays(partsOfArrays(arrays, listing.folder), found, checksums)
}

/** @throws Failure NAS7122 unpacks to too much, NAS7130, NAS7131 damaged; as `contentOfArrays` */
async function openNpz(found: FoundData): Promise<DataContent> {
  const { listing } = found
  const file = listing.files.find((name) => extname(name) === '.npz') ?? ''
  const { path, content } = await readDataFile(pathIn(listing, file), 'arrays')
  const arrays = new Map<string, NpyArray>()
  const checksums: Record<string, string> = {}
  for (const [name, bytes] of Object.entries(await unpackArrays(path, content))) {
    arrays.set(arrayIn(name), parseNpy(`${path}/${name}`, bytes))
    checksums[name] = checksumOf(bytes)
  }
  return contentOfArrays(partsOfArrays(arrays, path), found, checksums)
}

/** What the archive says of their sizes is looked at before there is memory for them. */
async function unpackArrays(path: string, content: Uint8Array): Promise<Readonly<Record<string, Uint8Array>>> {
  // Loaded where there is something to unpack: most runs have no use for it.
  const { unzipSync } = await import('fflate')
  let unpacked = 0
  const isTaken = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    if (!isNamed(arrayIn(name))) return false
    unpacked += originalSize
    if (unpacked <= bounds.unpacked) return true
    throw unpacksToTooMuch(path, content.length)
  }
  try {
    return unzipSync(content, { filter: isTaken })
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error)) throw error
    throw new Failure('damaged-file', { path, format: 'archive', reason: error.message })
  }
}

function isArrayFile(file: string): boolean {
  return extname(file) === '.npy' && isNamed(arrayIn(file))
}

/** An array is called as its file is, without the ending. */
function arrayIn(file: string): string {
  return file.replace(/\.npy$/u, '')
}

function isNamed(array: string): boolean {
  return Object.values(arrayNames).some(({ images, labels }) => [...images, ...labels].some((name) => name === array))
}

/** @param place for messages */
function partsOfArrays(arrays: ReadonlyMap<string, NpyArray>, place: string): Parts<ArrayPart> {
  const part = (which: PartName): ArrayPart | undefined => {
    const { images, labels } = arrayNames[which]
    const pixels = images.map((name) => arrays.get(name)).find((array) => array !== undefined)
    const values = labels.map((name) => arrays.get(name)).find((array) => array !== undefined)
    if (pixels === undefined && values === undefined) return undefined
    if (pixels === undefined) throw missing(place, images, arrays)
    if (values === undefined) throw missing(place, labels, arrays)
    return { pixels: readPixels(bytesOf(pixels)), labels: { path: values.path, values: wholeNumbers(values) } }
  }
  const [train, validation, test] = [part('train'), part('validation'), part('test')]
  if (train === undefined) throw missing(place, arrayNames.train.images, arrays)
  return partsOf(train, validation, test)
}

function missing(place: string, names: readonly string[], arrays: ReadonlyMap<string, NpyArray>): Failure {
  const found = arrays.size === 0 ? 'none' : [...arrays.keys()].join(', ')
  return new Failure('array-missing', { place, names: names.join(' or '), found })
}

function bytesOf({ path, shape, type, values }: NpyArray): {
  path: string
  sizes: readonly number[]
  values: Uint8Array
} {
  if (type === 'u1') return { path, sizes: shape, values }
  const reason = `pixels are bytes (uint8), and its numbers are ${type}: save \`(255 * x).round().astype("uint8")\` if they lie in 0 … 1`
  throw new Failure('not-npy', { path, reason })
}
