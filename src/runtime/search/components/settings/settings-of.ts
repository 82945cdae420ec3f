import type { settings } from './index.js'
import type { PlanPart } from './setting.js'

type Table = typeof settings
type Name = keyof Table

/**
 * The settings of a part of a plan by their names in the language, as the files of the table say: what is always settled is there,
 * everything else where it is said.
 */
export type SettingsOf<Part extends PlanPart> = {
  readonly [Each in SettledIn<Part>]: ValueOf<Each>
} & {
  readonly [Each in Exclude<NamedIn<Part>, SettledIn<Part>>]?: ValueOf<Each>
}

type ValueOf<Each extends Name> = Exclude<ReturnType<Table[Each]['read']>, undefined>

type NamedIn<Part extends PlanPart> = {
  [Each in Name]: Part extends keyof Table[Each]['parts'] ? Each : never
}[Name]

type SettledIn<Part extends PlanPart> = {
  [Each in Name]: IsSettled<Table[Each]['parts'], Part> extends true ? Each : never
}[Name]

type IsSettled<Parts, Part> = Part extends keyof Parts
  ? Parts[Part] extends { readonly settle: unknown }
    ? true
    : Parts[Part] extends { readonly inherits: infer From }
      ? IsSettled<Parts, From>
      : false
  : false
