import { basename, resolve } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import { didYouMean } from '../../support/near-names.js'
import type { DataFormat, FoundData } from './formats/format.js'
import { dataFormats } from './formats/index.js'
import { contentWords, listAt, type Listing } from './listing.js'
import { namedDatasets, type NamedDataset } from './named-datasets.js'

/** Where a data set lies, and of which format it is. */
export interface FoundDataset extends FoundData {
  readonly format: DataFormat
  readonly classNames?: readonly string[]
}

/**
 * @param name of a data set, or a folder or file, `image-folder:DIR` where its format is to be said
 * @param from the folder that relative paths start at
 * @throws Failure NAS7102, NAS7111, NAS7112, NAS7113, NAS7129
 */
export async function findDataset(name: string, from: string): Promise<FoundDataset> {
  const named = namedDatasets[name]
  if (named !== undefined) return findNamed(name, named, from)
  const { format, path } = readOperand(name)
  const folder = resolve(from, path)
  const listing = await listAt(folder)
  if (listing === undefined) {
    const near = didYouMean(nearName(name))
    const names = Object.keys(namedDatasets).join(', ')
    throw new Failure('unknown-data', { name, folder, near, names, formats: recognisedFormats() })
  }
  const found = { name: basename(folder), listing }
  if (format !== undefined) return { ...found, format }
  return { ...found, format: await recognise(folder, listing) }
}

/** As it stands in the record of a run, where it must mean the same from any folder. */
export function fullDataName(name: string): string {
  if (namedDatasets[name] !== undefined) return name
  const { prefix, path } = readOperand(name)
  return `${prefix}${resolve(path)}`
}

/** Everything behind the name of a format is a path. */
function readOperand(name: string): { readonly prefix: string; readonly path: string; readonly format?: DataFormat } {
  const [word = ''] = name.split(':', 1)
  const format = dataFormats[word]
  if (format === undefined || word.length === name.length) return { prefix: '', path: name }
  return { prefix: `${word}:`, path: name.slice(word.length + 1), format }
}

async function findNamed(name: string, dataset: NamedDataset, from: string): Promise<FoundDataset> {
  const places = dataset.places(from)
  for (const folder of places) {
    const listing = await listAt(folder)
    if (listing !== undefined && (await dataset.format.recognise(listing))) return { name, listing, ...dataset }
  }
  throw new Failure('data-not-found', { name, folders: places.join(', '), source: dataset.howToGet })
}

async function recognise(folder: string, listing: Listing): Promise<DataFormat> {
  const fits: (readonly [string, DataFormat])[] = []
  for (const row of Object.entries(dataFormats)) if (await row[1].recognise(listing)) fits.push(row)
  const [first, second] = fits
  if (first === undefined) {
    throw new Failure('no-data-recognised', { folder, seen: contentWords(listing), formats: recognisedFormats() })
  }
  if (second !== undefined) {
    const formats = fits.map(([, format]) => formatWords(format)).join(' and ')
    throw new Failure('several-formats', { folder, formats, format: first[0], other: second[0] })
  }
  return first[1]
}

function recognisedFormats(): string {
  return Object.values(dataFormats).map(formatWords).join('; ')
}

function formatWords({ title, wants }: DataFormat): string {
  return `${title} (${wants})`
}

/** `fashionmnist`, `Fashion_MNIST`, `MNIST`: the same letters and digits. */
function nearName(name: string): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return Object.keys(namedDatasets).find((known) => plain(known) === plain(name))
}
