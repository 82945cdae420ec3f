import type { SettingPlace } from '../../../ir/model/search.js'
import { suggest } from '../../diagnostics/suggest.js'
import type { ComponentSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, resolutionOf, type Checker } from '../checker.js'
import { placesOf } from '../declarations/setting-places.js'

/** A block of settings, and what it is called in messages. */
export interface SettingsBlock {
  readonly place: SettingPlace
  /** `scale quick`, `retrain`, `the search` */
  readonly called: string
}

/** What may stand in a block of settings. */
export interface SettingsRules {
  /** Absent for settings with a name: what fits is asked where they are used. */
  readonly block?: SettingsBlock
  /** `train`: what is said in it, and that an optimiser must stand in it. */
  readonly optimiser?: string
  /** Names of inner blocks. */
  readonly blocks: readonly string[]
}

/** The setting that is meant, where it may not stand in the block. */
export function misplaced(
  checker: Checker,
  item: ast.ValueSetting,
  { place }: SettingsBlock,
): ComponentSymbol | undefined {
  const resolution = resolutionOf(checker, item.name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'component') return undefined
  const { symbol } = resolution
  // Without a place it was refused where it is declared.
  const places = placesOf(symbol.declaration)
  return places.length === 0 || places.includes(place) ? undefined : symbol
}

export function checkPlaced(checker: Checker, item: ast.ValueSetting, block: SettingsBlock): void {
  const symbol = misplaced(checker, item, block)
  if (symbol === undefined) return
  const location = locationOf(checker, item.name)
  const near = settingsOf(checker, block.place)
  checker.report.add(
    'misplaced-setting',
    location,
    { name: symbol.name, block: block.called, places: wordsOf(placesOf(symbol.declaration)) },
    {
      labels: [{ ...symbol.location, text: `${symbol.name} is declared here` }],
      notes: [`settings that can stand there: ${near.join(', ')}`],
      ...suggest(item.name.text, near, location),
    },
  )
}

/** `in the search and its scales, in train weights or in retrain` */
export function wordsOf(places: readonly SettingPlace[]): string {
  const words = places.map((place) => `in ${place === 'search' ? 'the search and its scales' : place}`)
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** Names of the settings that the file sees and that may stand in a block. */
function settingsOf(checker: Checker, place: SettingPlace): readonly string[] {
  const scope = checker.program.modules.get(checker.file)?.scope
  const found = [...(scope?.entries() ?? [])].flatMap(([name, resolution]) => {
    if (resolution.kind !== 'symbol' || resolution.symbol.kind !== 'component') return []
    const { component, declaration } = resolution.symbol
    return component === 'setting' && placesOf(declaration).includes(place) ? [name] : []
  })
  return [...new Set(found)]
}
