import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import { asideSuffix } from '../../support/node/replace-file.js'
import { onDisk, writeAtomically } from './files.js'
import type { Json } from './json.js'
import { formatCount } from '../../support/format-quantity.js'

/**
 * What a run needs to go on: named arrays (weights, logits of choices, statistics, optimiser state) and a small state in
 * JSON (phase, epoch, step, …).
 */
export interface Checkpoint {
  readonly state: Json
  readonly arrays: ReadonlyMap<string, Float32Array>
}

export interface StoredCheckpoint extends Checkpoint {
  readonly path: string
  /** Counts up through the run, from 1. */
  readonly sequence: number
  /** Lines of the journal when it was written: the `after` of a `run-resumed` event. */
  readonly journalLines: number
}

/** A checkpoint file that cannot be used. */
export interface DamagedCheckpoint {
  readonly path: string
  readonly reason: string
}

/**
 * The file: `NASCCKP1`, length of the header (32 bits, little-endian), header (JSON), zeros up to a multiple of 4, the
 * arrays (32-bit floats, little-endian, in the order of the header), SHA-256 of all before it.
 */
const magic = 'NASCCKP1'
const digestBytes = 32
const floatBytes = 4

interface Header {
  readonly sequence: number
  readonly journalLines: number
  readonly state: Json
  readonly arrays: readonly { readonly name: string; readonly length: number }[]
}

/**
 * Saves a checkpoint as the newest of a folder, then deletes all but the last `keep` files.
 * @returns path of the file
 * @throws Failure NAS7210 … NAS7212; the older ones are then still there
 */
export function saveCheckpoint(folder: string, checkpoint: Checkpoint, journalLines: number, keep: number): string {
  const files = listCheckpoints(folder)
  const sequence = (files.at(-1)?.sequence ?? 0) + 1
  const path = join(folder, `checkpoint-${String(sequence).padStart(6, '0')}.bin`)
  writeAtomically(path, encode(checkpoint, sequence, journalLines))
  for (const old of files.slice(0, Math.max(0, files.length + 1 - keep))) {
    onDisk(old.path, () => rmSync(old.path, { force: true }))
  }
  return path
}

/**
 * The newest intact checkpoint of a folder, and the damaged ones that are newer than it. Undefined: there is none at all,
 * so the run begins at its beginning.
 * @throws Failure NAS7209 if there are some and none is intact
 */
export function loadNewestCheckpoint(
  folder: string,
): { readonly checkpoint: StoredCheckpoint; readonly damaged: readonly DamagedCheckpoint[] } | undefined {
  const damaged: DamagedCheckpoint[] = []
  for (const { path } of listCheckpoints(folder).reverse()) {
    const read = decode(path)
    if ('arrays' in read) return { checkpoint: read, damaged }
    damaged.push(read)
  }
  if (damaged.length === 0) return undefined
  const list = damaged.map(({ path, reason }) => `${path} ${reason}`).join('; ')
  throw new Failure('no-intact-checkpoint', { folder, damaged: list })
}

/** @throws Failure NAS7213 if this file is damaged */
export function loadCheckpoint(path: string): StoredCheckpoint {
  const read = decode(path)
  if ('arrays' in read) return read
  throw new Failure('damaged-checkpoint', { path, reason: read.reason })
}

/** Deletes what a killed process left half-written. */
export function removeUnfinished(folder: string): void {
  for (const name of onDisk(folder, () => readdirSync(folder))) {
    if (name.endsWith(asideSuffix)) onDisk(join(folder, name), () => rmSync(join(folder, name), { force: true }))
  }
}

/** Checkpoint files, oldest first. */
function listCheckpoints(folder: string): { path: string; sequence: number }[] {
  return onDisk(folder, () => readdirSync(folder))
    .flatMap((name) => {
      const sequence = /^checkpoint-(\d+)\.bin$/.exec(name)?.[1]
      return sequence === undefined ? [] : [{ path: join(folder, name), sequence: Number(sequence) }]
    })
    .sort((a, b) => a.sequence - b.sequence)
}

function* encode(checkpoint: Checkpoint, sequence: number, journalLines: number): Generator<Uint8Array> {
  const arrays = [...checkpoint.arrays].map(([name, { length }]) => ({ name, length }))
  const header: Header = { sequence, journalLines, state: checkpoint.state, arrays }
  const text = Buffer.from(JSON.stringify(header))
  const prefix = Buffer.alloc(alignedEnd(text.length))
  prefix.write(magic, 'latin1')
  prefix.writeUInt32LE(text.length, magic.length)
  text.copy(prefix, magic.length + 4)
  const hash = createHash('sha256')
  hash.update(prefix)
  yield prefix
  for (const array of checkpoint.arrays.values()) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    hash.update(bytes)
    yield bytes
  }
  yield hash.digest()
}

/** Where the arrays start. */
function alignedEnd(headerLength: number): number {
  return Math.ceil((magic.length + 4 + headerLength) / floatBytes) * floatBytes
}

function decode(path: string): StoredCheckpoint | DamagedCheckpoint {
  const bytes = onDisk(path, () => readFileSync(path))
  if (bytes.toString('latin1', 0, magic.length) !== magic) {
    const cut = bytes.length < magic.length
    return { path, reason: cut ? `is cut short (${String(bytes.length)} bytes)` : 'is not a checkpoint of nasc' }
  }
  const end = bytes.length - digestBytes
  const whole = end > 0 && createHash('sha256').update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end))
  if (!whole) return { path, reason: describeDamage(bytes) }
  // The digest holds, so the header is what `encode` wrote.
  const header = readHeader(bytes)
  const start = alignedEnd(bytes.readUInt32LE(magic.length))
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + end))
  let offset = 0
  const arrays = new Map<string, Float32Array>()
  for (const { name, length } of header.arrays) {
    arrays.set(name, floats.subarray(offset, offset + length))
    offset += length
  }
  return { path, sequence: header.sequence, journalLines: header.journalLines, state: header.state, arrays }
}

function readHeader(bytes: Buffer): Header {
  const start = magic.length + 4
  return JSON.parse(bytes.toString('utf8', start, start + bytes.readUInt32LE(magic.length))) as Header
}

/** Cut short, if the header can still be read and says so; otherwise its content was changed. */
function describeDamage(bytes: Buffer): string {
  const found = `${formatCount(bytes.length)} bytes`
  if (bytes.length < magic.length + 4) return `is cut short (${found})`
  const headerLength = bytes.readUInt32LE(magic.length)
  if (bytes.length < alignedEnd(headerLength)) return `is cut short (${found})`
  try {
    const floats = readHeader(bytes).arrays.reduce((sum, { length }) => sum + length, 0)
    const expected = alignedEnd(headerLength) + floats * floatBytes + digestBytes
    if (bytes.length < expected) return `is cut short (${found} of ${formatCount(expected)})`
  } catch {
    // An unreadable header is damage of the content, which is what is said below.
  }
  return 'is damaged (its content does not match its checksum)'
}
