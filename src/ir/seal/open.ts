import { Failure } from '../../catalogue/failure.js'
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
 * @throws {Failure} NAS6001 not JSON, NAS6002 another format, NAS6006 none, NAS6003 not as the schema says, NAS6004 wrong hash.
 */
export function openIr(text: string, path: string): Ir {
  const data = parseJson(text, path)
  const format = typeof data === 'object' && data !== null && 'format' in data ? data.format : undefined
  if (format !== irFormat) throw otherFormat(format, path)
  if (depthOf(data) > deepest) {
    const what = `it is nested more than ${deepest} levels deep, and no IR of nasc is`
    throw new Failure('malformed-ir', { path, what, source: sourceOf(path) })
  }
  const checked = violationOf(data)
  if (!checked.valid) {
    const { pointer, expected, found } = checked.violation
    const what = `at ${pointer === '' ? 'its top' : pointer}, expected ${expected}, found ${found}`
    throw new Failure('malformed-ir', { path, what, source: sourceOf(path) })
  }
  const actual = hashOf({ ...checked.ir })
  if (actual !== checked.ir.hash) {
    const [stated, found] = [short(checked.ir.hash), short(actual)]
    throw new Failure('changed-ir', { path, stated, actual: found, source: sourceOf(path) })
  }
  return deepFreeze(checked.ir)
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('not-json', { path, reason, source: sourceOf(path) })
  }
}

function otherFormat(format: unknown, path: string): Failure {
  const [expected, source] = [irFormat, sourceOf(path)]
  if (typeof format === 'string' && format.startsWith('nasc-ir/')) {
    return new Failure('other-format', { path, found: format.slice(0, 40), expected, source })
  }
  const found = format === undefined ? 'has no "format"' : `has the format ${JSON.stringify(format).slice(0, 40)}`
  return new Failure('not-an-ir', { path, found, expected, source })
}

/** The file that an IR was probably compiled from. */
const sourceOf = (path: string): string =>
  `${path.endsWith('.ir.json') ? path.slice(0, -'.ir.json'.length) : 'FILE'}.nas`

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
