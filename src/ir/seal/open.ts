import { Failure } from '../failure.js'
import { irFormat, type Ir } from '../model/ir.js'
import { deepFreeze } from './freeze.js'
import { hashOf } from './hash.js'
import { violationOf } from './validate.js'

/** JSON nested deeper than this was not written by nasc, and would exhaust the stack of whoever walks it. */
const deepest = 500

/**
 * Reads a sealed IR, and believes nothing: JSON, format, schema and hash are checked.
 *
 * @param path names the file in messages.
 * @throws {Failure} NAS6001 not JSON, NAS6002 another format, NAS6003 not as the schema says, NAS6004 wrong hash.
 */
export function openIr(text: string, path: string): Ir {
  const data = parseJson(text, path)
  const format = typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined
  if (format !== irFormat) throw otherFormat(format, path)
  if (depthOf(data) > deepest) {
    throw new Failure(
      'NAS6003',
      `${path} is nested more than ${deepest} levels deep; no IR of nasc is.`,
      compileAgain(path),
    )
  }
  const checked = violationOf(data)
  if (!checked.valid) {
    const { pointer, expected, found } = checked.violation
    throw new Failure(
      'NAS6003',
      `${path} is not a well-formed IR: at ${pointer === '' ? 'its top' : pointer}, expected ${expected}, found ${found}.`,
      compileAgain(path),
    )
  }
  const actual = hashOf({ ...checked.ir })
  if (actual !== checked.ir.hash) {
    throw new Failure(
      'NAS6004',
      `${path} was changed after it was sealed: it says ${short(checked.ir.hash)}, its content gives ${short(actual)}.`,
      `Change the .nas source instead of the IR. ${compileAgain(path)}`,
    )
  }
  return deepFreeze(checked.ir)
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure(
      'NAS6001',
      `${path} is not JSON: ${reason}.`,
      `An IR is written by \`nasc compile\`. ${compileAgain(path)}`,
    )
  }
}

function otherFormat(format: unknown, path: string): Failure {
  if (typeof format === 'string' && format.startsWith('nasc-ir/')) {
    return new Failure(
      'NAS6002',
      `${path} has the format ${format.slice(0, 40)}; this version of nasc reads ${irFormat}.`,
      `${compileAgain(path)} Or use the version of nasc that wrote it.`,
    )
  }
  const what = format === undefined ? 'has no "format"' : `has the format ${JSON.stringify(format).slice(0, 40)}`
  return new Failure(
    'NAS6002',
    `${path} is not an IR of nasc: it ${what}; expected ${irFormat}.`,
    `An IR is written by \`nasc compile\`. ${compileAgain(path)}`,
  )
}

const compileAgain = (path: string): string =>
  `Compile again: nasc compile ${path.endsWith('.ir.json') ? path.slice(0, -'.ir.json'.length) : 'FILE'}.nas.`

const short = (hash: string): string => `${hash.slice(0, 'sha256:'.length + 12)}…`

/** Without recursion, because the text may be hostile. */
function depthOf(data: unknown): number {
  let depth = 0
  let level: unknown[] = [data]
  while (level.length > 0) {
    depth += 1
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values({ ...value }) : []))
  }
  return depth
}
