import {
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { Failure } from '../../../catalogue/failure.js'
import { formatBytes } from '../../../support/format-quantity.js'
import { bounds, unpacksToTooMuch } from '../bounds.js'
import type { DataFile } from '../data-file.js'

/** A table as a Parquet file has it. */
export interface ParquetRows {
  readonly columns: readonly string[]
  /** Bytes of all row groups once they are unpacked, as the file says it. */
  readonly unpacked: number
  /** What writers add, by key: `huggingface` says the names of classes. */
  readonly notes: ReadonlyMap<string, string>
  /** @param columns those that are read */
  read(columns: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Rows of a file at most. */
const mostRows = 2 ** 24

/**
 * What a file says of its sizes is looked at before there is memory for them.
 * @throws Failure NAS7122 unpacks to too much, NAS7131 damaged
 */
export async function openParquet({ path, content }: DataFile): Promise<ParquetRows> {
  const file: AsyncBuffer = {
    byteLength: content.byteLength,
    slice: (start, end) => Uint8Array.from(content.subarray(start, end)).buffer,
  }
  const metadata = await intact(path, () => parquetMetadataAsync(file))
  const groups = metadata.row_groups.map(({ total_byte_size: size }) => Math.abs(Number(size)))
  if (groups.some((size) => size > bounds.unpacked)) throw unpacksToTooMuch(path, content.length)
  if (rowsOf(metadata) > mostRows) throw damaged(path, `it says that it has ${String(rowsOf(metadata))} rows`)
  return {
    columns: topColumns(metadata),
    unpacked: groups.reduce((sum, size) => sum + size, 0),
    notes: new Map(metadata.key_value_metadata?.map(({ key, value = '' }) => [key, value])),
    read: (columns) =>
      intact(path, () =>
        parquetReadObjects({ file, metadata, columns: [...columns], compressors: bounded, utf8: false }),
      ),
  }
}

function rowsOf({ num_rows: rows, row_groups: groups }: FileMetaData): number {
  return Math.max(
    Number(rows),
    groups.reduce((sum, group) => sum + Math.abs(Number(group.num_rows)), 0),
  )
}

/** Names in the schema, whose first element is the root, that are not within another column. */
function topColumns({ schema }: FileMetaData): readonly string[] {
  const names: string[] = []
  const skip = (from: number): number => {
    let next = from + 1
    for (let child = 0; child < (schema[from]?.num_children ?? 0) && next < schema.length; child++) next = skip(next)
    return next
  }
  for (let at = 1; at < schema.length; at = skip(at)) names.push(schema[at]?.name ?? '')
  return names
}

/** The decompressors, which get memory for as much as a page says that it holds: no more than a file may. */
const bounded: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number): Uint8Array => {
      if (length > bounds.unpacked) throw new Error(`a page says that it unpacks to ${formatBytes(length)}`)
      return decompress(input, length)
    },
  ]),
)

/** The library meets damage with whatever error the bytes lead it into. */
async function intact<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error))
  }
}

function damaged(path: string, reason: string): Failure {
  return new Failure('damaged-file', { path, format: 'Parquet', reason })
}
