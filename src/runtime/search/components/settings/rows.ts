import { settings } from './index.js'
import type { Setting } from './setting.js'

/** Settings that hold in a part of a plan, by name. */
export type SettledSettings = Readonly<Record<string, unknown>>

/** The table as what all settings have in common. */
const table: Readonly<Record<string, Setting<unknown>>> = settings

export function rows(): readonly (readonly [name: string, setting: Setting<unknown>])[] {
  return Object.entries(table)
}

/** A setting that holds, with its row. */
export interface Holding {
  readonly name: string
  readonly setting: Setting<unknown>
  readonly value: unknown
}

/** In the order of the table. */
export function holding(settled: SettledSettings): readonly Holding[] {
  return rows().flatMap(([name, setting]) => {
    const value = settled[name]
    return value === undefined ? [] : [{ name, setting, value }]
  })
}

/** Whether the runtime has a setting of this name. */
export function hasSetting(name: string): boolean {
  return Object.hasOwn(table, name)
}
