import { Failure } from '../../catalogue/failure.js'
import type { Ir, IrParam } from '../../ir/model/ir.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { evaluate } from './evaluate.js'
import { printValue } from './print-value.js'
import type { Value } from './value.js'

/** Values of all parameters of a program. */
export type ParamValues = Readonly<Record<string, Value>>

const resolved = new WeakMap<Ir, Map<string, ParamValues>>()

/**
 * Values of the program's parameters: the overrides (from the command line, a scale or `with`), and the defaults of the
 * others, which may speak of parameters before them. Equal overrides give the same object, so that what is memoised of
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
      throw new Failure('param-of-other-type', {
        name: param.name,
        file: ir.source,
        type: param.type,
        value: JSON.stringify(value),
        example: param.type === 'bool' ? 'true' : '1',
      })
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
  return new Failure(
    'no-such-param',
    { file: ir.source, name, near: didYouMean(nearNames(name, names)[0]), names: names.join(', ') },
    names.length === 0 ? { help: 'It has no parameters.' } : {},
  )
}
