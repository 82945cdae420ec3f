import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { SettingPlace } from '../../../ir/model/search.js'
import { hasSetting } from '../components/settings/rows.js'
import type { SettingsBlock } from '../components/settings/settle.js'

/** A setting that may not stand in the block, or that the runtime lacks, is refused, so that none is ignored silently. */
export function openBlock(ir: Ir, values: SettingsBlock['values'], clause: string, place: SettingPlace): SettingsBlock {
  const placed = ir.components.filter(({ places }) => places?.includes(place) === true)
  const available = placed.filter(({ name, planned }) => planned !== true && hasSetting(name)).map(({ name }) => name)
  for (const name of Object.keys(values)) {
    if (available.includes(name)) continue
    const known = available.join(', ')
    throw placed.some((setting) => setting.name === name)
      ? new Failure('component-not-available', { clause, kind: 'setting', component: name, available: known })
      : new Failure('setting-without-meaning', { what: `setting \`${name}\``, clause, known })
  }
  return { clause, values }
}
