import { extname } from 'node:path'
import { Failure } from '../../../catalogue/failure.js'
import { bounds, unpacksToTooMuch } from '../bounds.js'
import { readDataFile, type DataFile } from '../data-file.js'
import type { DataContent } from '../image-set.js'
import { pathIn } from '../listing.js'
import type { DataFormat, FoundData, OpenOptions } from './format.js'
import { columnOf, contentOfRows, type ImageRow } from './image-table.js'
import type { ParquetRows } from './parquet-rows.js'
import { partNamed, type PartName } from './parts.js'

/** Names that columns may have. */
const columnNames = {
  image: ['image', 'img', 'picture'],
  label: ['label', 'fine_label', 'labels', 'class', 'target'],
} as const

/** Tables of encoded images and labels, as data sets of images are shared on Hugging Face. */
export const parquet: DataFormat = {
  title: 'Parquet',
  wants: 'train-*.parquet, and validation-* and test-* alike, with the columns image and label; or any .parquet',
  recognise: ({ files }) => files.some((file) => extname(file) === '.parquet'),
  open: openTables,
}

/** @throws Failure NAS7101, NAS7122, NAS7128, NAS7131, NAS7133, NAS7134; as `contentOfEncoded` */
async function openTables({ listing }: FoundData, options: OpenOptions): Promise<DataContent> {
  // Loaded where there is something to read: most runs have no use for it.
  const { openParquet } = await import('./parquet-rows.js')
  const files = listing.files.filter((file) => extname(file) === '.parquet')
  const hasParts = files.some((file) => partOf(file) === 'train')
  const rows: ImageRow[] = []
  let [packed, unpacked] = [0, 0]
  let named: readonly string[] | undefined
  for (const file of files) {
    const part = hasParts ? partOf(file) : 'train'
    if (part === undefined) continue
    const data = await readDataFile(pathIn(listing, file), 'images and labels')
    const table = await openParquet(data)
    packed += data.content.length
    unpacked += table.unpacked
    // Encoded images are held until they are decoded.
    if (unpacked > bounds.held) throw unpacksToTooMuch(listing.folder, packed, bounds.held)
    named ??= namesOfClasses(table, columnOf(table.columns, data.path, columnNames.label, 'labels'))
    rows.push(...(await rowsOf(table, data, { file, part }, named)))
  }
  return contentOfRows({ path: listing.folder, rows, classNames: named }, options)
}

/** `train-00000-of-00004.parquet` is of the part `train`. */
function partOf(file: string): PartName | undefined {
  return partNamed(/^[a-zA-Z]+/u.exec(file)?.[0] ?? '')
}

async function rowsOf(
  table: ParquetRows,
  { path, checksum }: DataFile,
  { file, part }: { readonly file: string; readonly part: PartName },
  names: readonly string[] | undefined,
): Promise<readonly ImageRow[]> {
  const image = columnOf(table.columns, path, columnNames.image, 'images')
  const label = columnOf(table.columns, path, columnNames.label, 'labels')
  const rows = await table.read([image, label])
  return rows.map((row, index) => {
    const place = `${path}, row ${String(index)}`
    const bytes = bytesOf(row[image])
    if (bytes === undefined) throw new Failure('label-missing', { place, what: 'image' })
    return {
      part,
      label: { place, name: nameOf(row[label], place, names) },
      image: (number) => ({
        path: place,
        label: number,
        group: file,
        version: () => Promise.resolve(checksum),
        read: () => Promise.resolve(bytes),
      }),
    }
  })
}

/** Of bytes, or of what Hugging Face makes of an image: its bytes and its path. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  const inner = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : undefined
  return inner instanceof Uint8Array ? inner : undefined
}

/** @param names of the classes, where the file says them and its labels are numbers */
function nameOf(value: unknown, place: string, names: readonly string[] | undefined): string {
  if (typeof value === 'string' && value !== '') return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value !== 'bigint' && typeof value !== 'number')
    throw new Failure('label-missing', { place, what: 'label' })
  return names?.[Number(value)] ?? String(value)
}

/** As `datasets` of Hugging Face writes them into the file. */
function namesOfClasses({ notes }: ParquetRows, column: string): readonly string[] | undefined {
  const note = notes.get('huggingface')
  if (note === undefined) return undefined
  const { info } = parsedJson(note) as { readonly info?: { readonly features?: Readonly<Record<string, unknown>> } }
  const feature = info?.features?.[column]
  const names = typeof feature === 'object' && feature !== null && 'names' in feature ? feature.names : undefined
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined
}

/** What a stranger wrote beside the table: nothing, if it is no object. */
function parsedJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
