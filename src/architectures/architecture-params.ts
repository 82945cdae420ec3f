import type { Ir, IrArchitecture } from '../ir/model/ir.js'
import { evaluate } from '../space/evaluation/evaluate.js'
import { resolveParams, type ParamValues } from '../space/evaluation/params.js'
import type { Value } from '../space/evaluation/value.js'

/**
 * The params of an architecture: those that it states with `with`, which may speak of the usual values, and the usual values of
 * the others.
 *
 * @param overrides come before both, for example `--set`
 * @throws Failure NAS8110 on an unknown param, NAS8111 on a value of another type
 */
export function paramsOf(
  ir: Ir,
  declaration: IrArchitecture,
  overrides: Readonly<Record<string, Value>> = {},
): ParamValues {
  const usual = resolveParams(ir, {})
  const own = Object.entries(declaration.with).map(([name, value]) => [name, evaluate(ir, value, usual)] as const)
  return resolveParams(ir, { ...Object.fromEntries(own), ...overrides })
}
