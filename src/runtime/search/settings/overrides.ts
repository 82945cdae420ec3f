import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import { resolveParams } from '../../../space/evaluation/params.js'
import type { IrComponent } from '../../../ir/model/search.js'
import type { Argument } from '../components/component-use.js'
import type { SettingsBlock } from '../components/settings/settle.js'
import { argumentOf, shortName } from './argument.js'
import type { ParamOverrides, ParamValue } from '../../../space/evaluation/param-overrides.js'

interface Overrides {
  readonly params: ParamOverrides
  readonly values: SettingsBlock['values']
}

/**
 * Sorts what the command line sets into params of the program and settings of the search, for the search and for the
 * retraining (`retrain.epochs`). A name that is both is a param.
 */
export function splitOverrides(
  ir: Ir,
  set: ParamOverrides,
): { readonly search: Overrides; readonly retrain: Overrides } {
  const params: Record<string, ParamValue>[] = [{}, {}]
  const values: Record<string, SettingsBlock['values'][string]>[] = [{}, {}]
  for (const [key, value] of Object.entries(set)) {
    const where = key.startsWith(prefix) ? 1 : 0
    const name = where === 1 ? key.slice(prefix.length) : key
    const setting = ir.components.find(
      (component) => component.kind === 'setting' && shortName(component.name) === name,
    )
    if (ir.params.some((param) => param.name === name) || setting === undefined) {
      checkParam(ir, name, key)
      Object.assign(params[where] ?? {}, { [name]: value })
    } else {
      Object.assign(values[where] ?? {}, { [name]: { component: name, arguments: argumentsOf(ir, setting, value) } })
    }
  }
  return {
    search: { params: params[0] ?? {}, values: values[0] ?? {} },
    retrain: { params: params[1] ?? {}, values: values[1] ?? {} },
  }
}

/** A value is the first argument of a setting; the others have their defaults, as where it is written. */
function argumentsOf(
  ir: Ir,
  { name, parameters: [first, ...others] }: IrComponent,
  value: ParamValue,
): Readonly<Record<string, Argument>> {
  if (first === undefined) return {}
  const defaults = others.flatMap((parameter) =>
    parameter.default === undefined
      ? []
      : [[parameter.name, argumentOf(evaluate(ir, parameter.default, resolveParams(ir, {})), name)] as const],
  )
  return { [first.name]: value, ...Object.fromEntries(defaults) }
}

const prefix = 'retrain.'

function checkParam(ir: Ir, name: string, key: string): void {
  if (ir.params.some((param) => param.name === name)) return
  const settings = ir.components.filter(({ kind }) => kind === 'setting').map((component) => component.name)
  throw new Failure('unknown-override', {
    name: key,
    file: ir.source,
    params: ir.params.map((param) => param.name).join(', ') || 'none',
    settings: settings.join(', '),
  })
}
