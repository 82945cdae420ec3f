import { Failure } from '../../../catalogue/failure.js'
import type { EncodedImage } from '../decoding/encoded-image.js'
import type { DataContent } from '../image-set.js'
import { contentOfEncoded } from './encoded-content.js'
import type { OpenOptions } from './format.js'
import { classesOf, labelReader, type WrittenLabel } from './named-labels.js'
import { partsOf, type PartName } from './parts.js'

/** A row of a table that has one for each image. */
export interface ImageRow {
  readonly part: PartName
  readonly label: WrittenLabel
  /** @param label its number among the classes */
  image(label: number): EncodedImage
}

/** The rows of all tables of a data set. */
export interface ImageRows {
  /** Where they lie, for messages. */
  readonly path: string
  readonly rows: readonly ImageRow[]
  /** By label; undefined: told by the labels that train. */
  readonly classNames: readonly string[] | undefined
}

/** @throws Failure NAS7128; as `contentOfEncoded` */
export async function contentOfRows(
  { path, rows, classNames: named }: ImageRows,
  options: OpenOptions,
): Promise<DataContent> {
  const of = (part: PartName): readonly ImageRow[] => rows.filter((row) => row.part === part)
  const classNames = named ?? classesOf(of('train').map(({ label }) => label))
  const labelOf = labelReader(classNames)
  const images = (part: PartName): readonly EncodedImage[] | undefined => {
    const found = of(part).map((row) => row.image(labelOf(row.label)))
    return found.length === 0 ? undefined : found
  }
  const parts = partsOf(images('train') ?? [], images('validation'), images('test'))
  return contentOfEncoded({ path, parts, classNames }, options)
}

/**
 * The first of the names that a column may have and a table has.
 * @param what stands in it, for messages
 * @throws Failure NAS7133
 */
export function columnOf(columns: readonly string[], path: string, names: readonly string[], what: string): string {
  const found = names.find((name) => columns.includes(name))
  if (found !== undefined) return found
  throw new Failure('column-missing', { path, what, wanted: names.join(' or '), columns: columns.join(', ') })
}
