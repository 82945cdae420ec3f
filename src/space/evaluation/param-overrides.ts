import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSearch, Settings } from '../../ir/model/search.js'
import { evaluate } from './evaluate.js'
import { resolveParams, type ParamValues } from './params.js'
import { isList, type Value } from './value.js'

/** Params of a program that are set, by name; as JSON can hold them. */
export type ParamOverrides = Readonly<Record<string, ParamValue>>
export type ParamValue = number | boolean | string | readonly ParamValue[]

/**
 * What a block of a search sets params to.
 *
 * @param params under which its expressions are evaluated
 * @throws Failure NAS7516 on a value that is no number, boolean, string or set of these
 */
export function overridesOf(ir: Ir, settings: Settings | undefined, params: ParamValues): ParamOverrides {
  const values = Object.entries(settings?.params ?? {}).map(([name, expression]) => {
    return [name, plainValue(name, evaluate(ir, expression, params))] as const
  })
  return Object.fromEntries(values)
}

/**
 * What a search sets params to under one of its scales, or by itself.
 *
 * @throws Failure as {@link overridesOf}
 */
export function searchOverrides(ir: Ir, { settings }: IrSearch, scale?: Settings): ParamOverrides {
  const defaults = resolveParams(ir, {})
  return { ...overridesOf(ir, settings, defaults), ...overridesOf(ir, scale, defaults) }
}

/** The scales of a search by name; of one that has none, itself. */
export function scalesOf({
  scales,
}: IrSearch): readonly (readonly [name: string, settings: Settings] | readonly [undefined, undefined])[] {
  const all = Object.entries(scales)
  return all.length > 0 ? all : [[undefined, undefined]]
}

function plainValue(name: string, value: Value): ParamValue {
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map((each) => plainValue(name, each))
  throw new Failure('not-a-plain-value', { name })
}
