import { extname, join, resolve } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { parseTable, type CsvTable } from '../../../support/csv-table.js'
import { readDataFile } from '../data-file.js'
import { imageInFile, type EncodedImage } from '../decoding/encoded-image.js'
import type { DataContent } from '../image-set.js'
import { pathIn } from '../listing.js'
import { contentOfEncoded } from './encoded-content.js'
import type { DataFormat, FoundData, OpenOptions } from './format.js'
import { classesOf, labelReader, type WrittenLabel } from './named-labels.js'
import { partNamed, type Parts } from './parts.js'

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

/** An image as a row has it. */
interface Row {
  readonly part: keyof Parts<unknown>
  /** As it is written. */
  readonly path: string
  readonly label: WrittenLabel
  readonly table: string
}

/** @throws Failure NAS7128, NAS7133, NAS7134, NAS7585 if it is no table; as `contentOfEncoded` */
async function openCsv({ listing }: FoundData, options: OpenOptions): Promise<DataContent> {
  const { folder, files } = listing
  const tables = files.filter((file) => extname(file) === '.csv')
  const used = tables.length === 1 ? tables : tables.filter((file) => partNamed(nameOf(file)) !== undefined)
  const rows: Row[] = []
  for (const file of used) {
    const { path, content } = await readDataFile(pathIn(listing, file), 'paths and labels')
    const table = parseTable(Buffer.from(content).toString('utf8'), path)
    rows.push(...rowsOf(table, path, file, used.length === 1 ? 'train' : (partNamed(nameOf(file)) ?? 'train')))
  }
  const of = (part: Row['part']): readonly Row[] => rows.filter((row) => row.part === part)
  const classNames = classesOf(of('train').map(({ label }) => label))
  const labelOf = labelReader(classNames)
  const images = (part: Row['part']): readonly EncodedImage[] | undefined => {
    const found = of(part).map(({ path, label, table }) => imageInFile(resolve(folder, path), labelOf(label), table))
    return found.length === 0 ? undefined : found
  }
  const [train = [], validation, test] = [images('train'), images('validation'), images('test')]
  const parts = { train, ...(validation !== undefined && { validation }), ...(test !== undefined && { test }) }
  return contentOfEncoded(
    { path: used.length === 1 ? join(folder, used[0] ?? '') : folder, parts, classNames },
    options,
  )
}

function rowsOf(table: CsvTable, path: string, file: string, otherwise: Row['part']): readonly Row[] {
  const pathColumn = columnOf(table, path, 'path', 'paths of the images')
  const labelColumn = columnOf(table, path, 'label', 'labels')
  const partColumn = columnNames.part.find((name) => table.columns.includes(name))
  return table.rows.map(({ line, cells }): Row => {
    const place = `${path}:${String(line)}`
    const cell = (column: string, what: string): string => {
      const text = cells.get(column) ?? ''
      if (text === '') throw new Failure('label-missing', { place, what })
      return text
    }
    const name = partColumn === undefined ? undefined : cell(partColumn, 'part')
    const part = name === undefined ? otherwise : partNamed(name)
    if (part === undefined) throw new Failure('unknown-part', { place, name: name ?? '' })
    return { part, path: cell(pathColumn, 'path'), label: { place, name: cell(labelColumn, 'label') }, table: file }
  })
}

function columnOf({ columns }: CsvTable, path: string, which: 'path' | 'label', what: string): string {
  const names: readonly string[] = columnNames[which]
  const found = names.find((name) => columns.includes(name))
  if (found !== undefined) return found
  throw new Failure('column-missing', { path, what, wanted: names.join(' or '), columns: columns.join(', ') })
}
