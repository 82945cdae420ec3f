import type { DataSplit } from '../data/split.js'
import type { Normalisation } from '../data/normalisation.js'
import { Failure } from '../../catalogue/failure.js'
import type { Json } from './json.js'

/** The format of `run.json` that this version writes and reads. */
export const runFormat = 'nasc-run/2'

/** `run.json`: what a run is. Written once, before the first event. With the IR beside it a resume needs nothing else. */
export interface RunRecord {
  readonly format: typeof runFormat
  readonly name: string
  /** Name of the program's file. */
  readonly source: string
  /** `sha256:…`, the hash of the IR in `program.ir.json`. */
  readonly irHash: string
  readonly space: string
  readonly search: string
  readonly scale?: string
  /** The resolved search: every number that was used, after presets and overrides. */
  readonly settings: Json
  /** What the user asked for (`--set`, `--scale`, …): resolved again by `resume`. */
  readonly options: Json
  readonly seed: number
  readonly backend: string
  readonly threads: number
  /** Of nasc, node and the packages that compute. */
  readonly versions: Readonly<Record<string, string>>
  readonly data: DataRecord
  /** Date and time (ISO 8601). No result depends on it. */
  readonly created: string
}

export interface DataRecord {
  /** As given to `--data`: `mnist`, or the full path of a folder. */
  readonly name: string
  /** File -> `sha256:…` of its content. */
  readonly checksums: Readonly<Record<string, string>>
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: number
  /** By label; absent: the data have none. */
  readonly classNames?: readonly string[]
  /** Images that could not be decoded were left out. */
  readonly skipCorrupt?: boolean
  /** With those of validation that the data set apart by themselves. */
  readonly trainingImages: number
  readonly testImages: number
  /** Measured on the training part. */
  readonly normalisation: Normalisation
}

/** `split.json`: which training image trains what, by index. */
export type SplitRecord = DataSplit

/** @throws Failure NAS7203 damaged, NAS7204 other format */
export function parseRecord(text: string, path: string): RunRecord {
  return parseFormatted<RunRecord>(text, path, runFormat, requiredFields)
}

/**
 * A document of a format of ours that has the fields which it needs.
 * @throws Failure NAS7203 damaged, NAS7204 other format
 */
export function parseFormatted<Document extends { readonly format: string }>(
  text: string,
  path: string,
  expected: Document['format'],
  required: readonly RequiredField<Document>[],
): Document {
  const value = parseJson(text, path)
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (typeof format !== 'string') throw damaged(path, 'it has no format')
  if (format !== expected) throw new Failure('run-of-other-format', { file: path, found: format, expected })
  const document = value as Document
  const wrong = required.find(([field, type]) => typeof document[field] !== type)
  if (wrong !== undefined) throw damaged(path, `\`${String(wrong[0])}\` is missing or no ${wrong[1]}`)
  return document
}

/** Its name, and what `typeof` says of it. */
export type RequiredField<Document> = readonly [keyof Document, 'string' | 'number' | 'object']

/** @throws Failure NAS7203 */
export function parseSplit(text: string, path: string): SplitRecord {
  const value = parseJson(text, path)
  const isSplit =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((part) => Array.isArray(part) && part.every((index) => Number.isInteger(index)))
  if (!isSplit) throw damaged(path, 'it is no lists of indices')
  return value as SplitRecord
}

const requiredFields = [
  ['name', 'string'],
  ['source', 'string'],
  ['irHash', 'string'],
  ['space', 'string'],
  ['search', 'string'],
  ['seed', 'number'],
  ['backend', 'string'],
  ['threads', 'number'],
  ['versions', 'object'],
  ['data', 'object'],
  ['created', 'string'],
] as const satisfies readonly RequiredField<RunRecord>[]

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged(path, 'it is not JSON')
  }
}

function damaged(file: string, reason: string): Failure {
  return new Failure('damaged-run-file', { file, reason })
}
