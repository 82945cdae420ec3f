import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { SettingPlace } from '../../../ir/model/search.js'
import { readArguments, type ArgumentReader } from '../components/reader.js'
import type { ComponentUse } from '../components/component-use.js'

/** Settings of one block by name, each a component of kind `setting`. */
export type SettingValues = Readonly<Record<string, ComponentUse>>

/** Reads the settings of a block; every failure names the clause. */
export interface SettingsReader {
  /** The first argument of a setting with one argument, or its reader where it has more. */
  find(name: string): ArgumentReader | undefined
  /** As {@link find}; throws a Failure with `advice` where the setting is missing. */
  need(name: string, advice: string): ArgumentReader
}

/** A setting that may not stand in the block, or that the runtime lacks, is refused, so that none is ignored silently. */
export function readSettings(ir: Ir, values: SettingValues, clause: string, place: SettingPlace): SettingsReader {
  const placed = ir.components.filter(({ places }) => places?.includes(place) === true)
  const known = placed.filter(({ planned }) => planned !== true).map((setting) => setting.name)
  for (const name of Object.keys(values)) {
    if (!known.includes(name)) {
      if (placed.some((setting) => setting.name === name)) {
        throw new Failure('component-not-available', {
          clause,
          kind: 'setting',
          component: name,
          available: known.join(', '),
        })
      }
      throw new Failure('setting-without-meaning', { what: `setting \`${name}\``, clause, known: known.join(', ') })
    }
  }
  const find = (name: string): ArgumentReader | undefined => {
    const use = values[name]
    return use && readArguments(use, clause)
  }
  return {
    find,
    need(name, advice) {
      const found = find(name)
      if (found !== undefined) return found
      throw new Failure('setting-missing', { clause: `\`${clause}\``, what: `\`${name}\``, advice })
    },
  }
}
