import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { Failure } from '../../catalogue/failure.js'
import { writeFully } from '../../support/node/replace-file.js'
import { failOnDisk, onDisk } from './files.js'

/** A file of one JSON document a line, opened for appending. */
export interface JsonLines<Line> {
  /** How many there are by now. */
  readonly lines: number
  /** One line, in one write. @throws Failure NAS7210 … NAS7212; what was written of the line is then taken back. */
  append(line: Line): void
  /** Flushes to disk. */
  flush(): void
  close(): void
}

/** What a line says, or why it says nothing. */
export type ParseLine<Line> = (value: unknown) => { readonly line: Line } | { readonly reason: string }

/**
 * Opens a file to go on with it. A last line that a kill cut short is cut off; nothing else is ever changed.
 * @throws Failure NAS7207 for a damaged line, NAS7208 if the file is missing
 */
export function openJsonLines<Line>(path: string, parse: ParseLine<Line>): JsonLines<Line> {
  const { lines: before, length, size } = readLines(path, parse)
  if (length < size) onDisk(path, () => truncateSync(path, length))
  const file = onDisk(path, () => openSync(path, 'a'))
  let lines = before.length
  let end = length
  return {
    get lines() {
      return lines
    },
    append(value) {
      const line = Buffer.from(`${JSON.stringify(value, encodeNumber)}\n`)
      onDisk(path, () => {
        try {
          writeFully(file, line)
        } catch (error) {
          ftruncateSync(file, end)
          throw error
        }
      })
      end += line.length
      lines++
    },
    flush: () => onDisk(path, () => fsyncSync(file)),
    close: () => closeSync(file),
  }
}

/**
 * All lines in their order, without a last one that was cut short. The file is not changed.
 * @throws Failure NAS7207 for a damaged line, NAS7208 if the file is missing
 */
export function readJsonLines<Line>(path: string, parse: ParseLine<Line>): readonly Line[] {
  return readLines(path, parse).lines
}

interface Lines<Line> {
  readonly lines: Line[]
  /** Bytes of the whole lines. */
  readonly length: number
  /** Bytes of the file. */
  readonly size: number
}

function readLines<Line>(path: string, parse: ParseLine<Line>): Lines<Line> {
  const bytes = readBytes(path)
  const lines: Line[] = []
  let start = 0
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    const parsed = parseText(bytes.toString('utf8', start, end), parse)
    if ('reason' in parsed) {
      // A power cut can leave the last line full of zeros or half of it from elsewhere, with its end in place.
      if (end === bytes.length - 1) break
      throw new Failure('damaged-journal', { file: path, line: lines.length + 1, reason: parsed.reason })
    }
    lines.push(parsed.line)
    start = end + 1
  }
  return { lines, length: start, size: bytes.length }
}

const newline = 0x0a

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Failure('run-file-missing', { file: path })
    return failOnDisk(path, error)
  }
}

const numbers = [NaN, Infinity, -Infinity]

/** JSON has no such numbers, and would write `null` for the loss of a network that has none: `{ "number": "NaN" }` instead. */
function encodeNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value
}

function decodeNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('number' in value)) return value
  return numbers.find((each) => String(each) === value.number) ?? value
}

function parseText<Line>(text: string, parse: ParseLine<Line>): ReturnType<ParseLine<Line>> {
  let value: unknown
  try {
    value = JSON.parse(text, decodeNumber)
  } catch {
    return { reason: 'it is not JSON' }
  }
  return parse(value)
}
