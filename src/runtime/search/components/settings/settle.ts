import type { SettingPlace } from '../../../../ir/model/search.js'
import type { ComponentUse } from '../component-use.js'
import { readArguments } from '../reader.js'
import { rows, type SettledSettings } from './rows.js'
import type { Circumstances, PlanPart, SettingSource } from './setting.js'
import type { SettingsOf } from './settings-of.js'

/** What stands in a block of settings, by name. */
export interface SettingsBlock {
  /** By which failures name it. */
  readonly clause: string
  readonly values: Readonly<Record<string, ComponentUse>>
}

export type SettingsBlocks = Readonly<Partial<Record<SettingPlace, SettingsBlock>>>

/** Parts that were settled before, from which others take over. */
export type SettledParts = Readonly<Partial<Record<NonNullable<SettingSource<unknown>['inherits']>, SettledSettings>>>

/**
 * Settles all settings of a part of a plan: what the first block says that may say it, or what the part takes over, or what holds
 * without that.
 *
 * @throws Failure where one does not fit, or is missing
 */
export function settle<Part extends PlanPart>(
  part: Part,
  blocks: SettingsBlocks,
  circumstances: Circumstances,
  before: SettledParts = {},
): SettingsOf<Part> {
  const settled = rows().flatMap(([name, setting]) => {
    const source = setting.parts[part]
    if (source === undefined) return []
    const block = source.said.map((place) => blocks[place]).find((each) => each?.values[name] !== undefined)
    const use = block?.values[name]
    const said = block && use && setting.read(readArguments(use, block.clause))
    const isAlone = source.said.every((place) => blocks[place] === undefined)
    const from = isAlone ? (source.inheritsAlone ?? source.inherits) : source.inherits
    const found = said ?? (from && before[from]?.[name])
    const value = source.settle === undefined ? found : source.settle(found, circumstances)
    return value === undefined ? [] : [[name, value] as const]
  })
  // The type is worked out from the same table.
  return Object.fromEntries(settled) as SettingsOf<Part>
}
