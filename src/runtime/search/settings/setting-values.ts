import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { Settings } from '../../../ir/model/search.js'
import { evaluate } from '../../../space/evaluation/evaluate.js'
import type { ParamValues } from '../../../space/evaluation/params.js'
import type { SettingsBlock } from '../components/settings/settle.js'
import { argumentOf } from './argument.js'

/** What a block of settings says, by name. @throws Failure where a setting is no component */
export function valuesOf(
  ir: Ir,
  settings: Settings | undefined,
  params: ParamValues,
  clause: string,
): SettingsBlock['values'] {
  const values = Object.entries(settings?.values ?? {}).map(([name, expression]) => {
    const value = argumentOf(evaluate(ir, expression, params), `${clause}: ${name}`)
    if (typeof value !== 'object' || !('component' in value)) {
      throw new Failure('not-a-component', { clause: `${clause}: ${name}`, found: 'a plain value' })
    }
    return [name, value] as const
  })
  return Object.fromEntries(values)
}
