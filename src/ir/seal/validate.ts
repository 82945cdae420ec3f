import type * as AjvPackage from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { createRequire } from 'node:module'
import type { Ir } from '../model/ir.js'
import { irSchema } from '../schema/ir.js'

/** Where data is not as the schema says. */
export interface Violation {
  /** JSON pointer, empty at the top. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
}

export type Checked =
  { readonly valid: true; readonly ir: Ir } | { readonly valid: false; readonly violation: Violation }

let compiled: ValidateFunction<Ir> | undefined

/** Checks against the schema and tells the first violation. The schema is compiled once, when first needed. */
export function violationOf(data: unknown): Checked {
  compiled ??= validator()
  if (compiled(data)) return { valid: true, ir: data }
  // With `anyOf`, ajv tells of every branch and then of the whole; the whole is what helps.
  const errors = compiled.errors ?? []
  const error = errors.find((each) => each.keyword === 'anyOf') ?? errors[0]
  if (error === undefined) throw new Error('ajv refused the data and gave no reason')
  return { valid: false, violation: describe(error, data) }
}

/** Ajv is loaded only where an IR is read: whoever compiles one from text starts without it. */
function validator(): ValidateFunction<Ir> {
  // The package is what its types describe.
  const { Ajv } = createRequire(import.meta.url)('ajv') as typeof AjvPackage
  return new Ajv({ discriminator: true, strictTypes: false, strictRequired: false }).compile<Ir>(irSchema)
}

function describe(error: ErrorObject, data: unknown): Violation {
  const at = error.instancePath
  const found = shown(valueAt(data, at))
  const detail: Readonly<Record<string, unknown>> = error.params
  switch (error.keyword) {
    case 'required':
      return { pointer: at, expected: `a property "${String(detail['missingProperty'])}"`, found: 'none' }
    case 'additionalProperties':
      return { pointer: at, expected: 'no other property', found: `"${String(detail['additionalProperty'])}"` }
    case 'propertyNames':
      return { pointer: at, expected: 'names as keys', found: `"${String(detail['propertyName'])}"` }
    case 'type':
      return { pointer: at, expected: article(String(detail['type'])), found }
    case 'const':
      return { pointer: at, expected: JSON.stringify(detail['allowedValue']), found }
    case 'enum': {
      const values = Array.isArray(detail['allowedValues']) ? detail['allowedValues'] : []
      return { pointer: at, expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, found }
    }
    case 'discriminator': {
      const kind: unknown = detail['tagValue']
      return { pointer: `${at}/kind`, expected: 'a kind that this version knows', found: shown(kind) }
    }
    case 'anyOf':
      return { pointer: at, expected: '"earlier" or a list of names', found }
    default:
      return { pointer: at, expected: `what the schema asks for (${error.message ?? error.keyword})`, found }
  }
}

const article = (type: string): string => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`)

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function valueAt(data: unknown, pointer: string): unknown {
  let value = data
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === key)?.[1]
  }
  return value
}
