import { cifar10, cifar100 } from './cifar.js'
import { csv } from './csv.js'
import type { DataFormat } from './format.js'
import { idx } from './idx.js'
import { imageFolder } from './image-folder.js'
import { npy, npz } from './npy.js'
import { parquet } from './parquet.js'

/** Formats by the word that names one before a folder: `--data image-folder:photos`. */
export const dataFormats: Readonly<Record<string, DataFormat>> = {
  idx,
  'cifar-10': cifar10,
  'cifar-100': cifar100,
  'image-folder': imageFolder,
  csv,
  npy,
  npz,
  parquet,
}
