import { Failure } from '../../ir/failure.js'
import type { Ir, IrParam } from '../../ir/model/ir.js'
import { nearNames } from '../../support/near-names.js'
import { evaluate } from './evaluate.js'
import { printValue } from './print-value.js'
import type { Value } from './value.js'

/** Values of all parameters of a program. */
export type ParamValues = Readonly<Record<string, Value>>

const resolved = new WeakMap<Ir, Map<string, ParamValues>>()

/**
 * Values of the program's parameters: the overrides (from the command line, a scale or `with`), and the defaults of the
 * others, which may speak of parameters before them. Equal overrides give the same object, so that what is remembered of
 * a program under its parameters is found again.
 *
 * @throws Failure NAS8110 on an unknown parameter, NAS8111 on a value of another type.
 */
export function resolveParams(ir: Ir, overrides: Readonly<Record<string, Value>>): ParamValues {
  const known = resolved.get(ir) ?? new Map<string, ParamValues>()
  resolved.set(ir, known)
  const key = JSON.stringify(Object.entries(overrides).map(([name, value]) => [name, printValue(value)]))
  const values = known.get(key) ?? valuesUnder(ir, overrides)
  known.set(key, values)
  return values
}

function valuesUnder(ir: Ir, overrides: Readonly<Record<string, Value>>): ParamValues {
  for (const name of Object.keys(overrides)) {
    if (!ir.params.some((param) => param.name === name)) throw unknownParam(ir, name)
  }
  const values: Record<string, Value> = {}
  for (const param of ir.params) {
    const supplied = overrides[param.name]
    const value = supplied ?? evaluate(ir, param.default, values)
    if (!fits(param, value)) {
      throw new Failure(
        'NAS8111',
        `The parameter \`${param.name}\` of ${ir.source} is of type ${param.type}, and ${JSON.stringify(value)} is not.`,
        `Give it like \`--set ${param.name}=${param.type === 'bool' ? 'true' : '1'}\`.`,
      )
    }
    values[param.name] = value
  }
  return values
}

function fits(param: IrParam, value: Value): boolean {
  switch (param.type) {
    case 'int':
      return typeof value === 'number' && Number.isInteger(value)
    case 'real':
      return typeof value === 'number' && Number.isFinite(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    default:
      return true
  }
}

function unknownParam(ir: Ir, name: string): Failure {
  const names = ir.params.map((param) => param.name)
  const [near] = nearNames(name, names)
  const known = names.length === 0 ? 'It has no parameters.' : `Its parameters are ${names.join(', ')}.`
  return new Failure(
    'NAS8110',
    `${ir.source} has no parameter \`${name}\`.`,
    near === undefined ? known : `Did you mean \`${near}\`? ${known}`,
  )
}
