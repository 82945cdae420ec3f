import { extname, join, resolve } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { parseTable, type CsvTable } from '../../../support/csv-table.js'
import { readDataFile } from '../data-file.js'
import { imageInFile } from '../decoding/encoded-image.js'
import type { DataContent } from '../image-set.js'
import { pathIn } from '../listing.js'
import type { DataFormat, FoundData, OpenOptions } from './format.js'
import { columnOf, contentOfRows, type ImageRow } from './image-table.js'
import { partNamed, type PartName } from './parts.js'

/** Names that columns may have. */
const columnNames = {
  path: ['path', 'file', 'filename', 'file_name', 'image', 'image_path'],
  label: ['label', 'class', 'target', 'class_name'],
  part: ['split', 'part', 'subset'],
} as const

/** Tables of paths and labels, for images that lie anywhere. */
export const csv: DataFormat = {
  title: 'CSV of paths',
  wants: 'one .csv with the columns path and label (and split: train, val, test), or train.csv, val.csv and test.csv',
  recognise: ({ files }) => {
    const tables = files.filter((file) => extname(file) === '.csv')
    return tables.length === 1 || tables.some((file) => partNamed(nameOf(file)) === 'train')
  },
  open: openCsv,
}

function nameOf(file: string): string {
  return file.slice(0, -extname(file).length)
}

/** @throws Failure NAS7128, NAS7133, NAS7134, NAS7585 if it is no table; as `contentOfEncoded` */
async function openCsv({ listing }: FoundData, options: OpenOptions): Promise<DataContent> {
  const { folder, files } = listing
  const tables = files.filter((file) => extname(file) === '.csv')
  const used = tables.length === 1 ? tables : tables.filter((file) => partNamed(nameOf(file)) !== undefined)
  const rows: ImageRow[] = []
  for (const file of used) {
    const { path, content } = await readDataFile(pathIn(listing, file), 'paths and labels')
    const table = parseTable(Buffer.from(content).toString('utf8'), path)
    rows.push(
      ...rowsOf(table, path, { folder, file }, used.length === 1 ? 'train' : (partNamed(nameOf(file)) ?? 'train')),
    )
  }
  return contentOfRows(
    { path: used.length === 1 ? join(folder, used[0] ?? '') : folder, rows, classNames: undefined },
    options,
  )
}

function rowsOf(
  table: CsvTable,
  path: string,
  { folder, file }: { readonly folder: string; readonly file: string },
  otherwise: PartName,
): readonly ImageRow[] {
  const pathColumn = columnOf(table.columns, path, columnNames.path, 'paths of the images')
  const labelColumn = columnOf(table.columns, path, columnNames.label, 'labels')
  const partColumn = columnNames.part.find((name) => table.columns.includes(name))
  return table.rows.map(({ line, cells }): ImageRow => {
    const place = `${path}:${String(line)}`
    const cell = (column: string, what: string): string => {
      const text = cells.get(column) ?? ''
      if (text === '') throw new Failure('label-missing', { place, what })
      return text
    }
    const name = partColumn === undefined ? undefined : cell(partColumn, 'part')
    const part = name === undefined ? otherwise : partNamed(name)
    if (part === undefined) throw new Failure('unknown-part', { place, name: name ?? '' })
    const image = resolve(folder, cell(pathColumn, 'path'))
    return {
      part,
      label: { place, name: cell(labelColumn, 'label') },
      image: (label) => imageInFile(image, label, file),
    }
  })
}
