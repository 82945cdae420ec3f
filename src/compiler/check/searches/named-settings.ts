import type { SettingsSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, resolutionOf, type Checker } from '../checker.js'
import { placesOf } from '../declarations/setting-places.js'
import { misplaced, wordsOf, type SettingsRules } from './settings-block.js'

/** A setting that may not stand where the settings around it are used, and why. */
interface Misfit {
  readonly item: ast.Setting
  readonly file: string
  readonly reason: string
}

/** Settings that were written elsewhere must fit where their name stands: the first that does not is shown beside it. */
export function checkNamedSettings(checker: Checker, name: ast.Name, rules: SettingsRules): void {
  const symbol = settingsNamed(checker, name)
  if (symbol === undefined || rules.block === undefined) return
  const [misfit] = misfitsOf(checker, symbol, rules)
  if (misfit === undefined) return
  const { item, file, reason } = misfit
  checker.report.add(
    'unfit-settings',
    locationOf(checker, name),
    { name: symbol.name, block: rules.block.called, reason },
    { labels: [{ file, span: item.span, text: 'this one' }] },
  )
}

/** The settings that a name stands for. */
export function settingsNamed(checker: Checker, name: ast.Name): SettingsSymbol | undefined {
  const resolution = resolutionOf(checker, name)
  return resolution?.kind === 'symbol' && resolution.symbol.kind === 'settings' ? resolution.symbol : undefined
}

function misfitsOf(checker: Checker, symbol: SettingsSymbol, { block, blocks }: SettingsRules): readonly Misfit[] {
  const { file } = symbol.location
  const there: Checker = { ...checker, file }
  return symbol.declaration.settings.items.flatMap((item): readonly Misfit[] => {
    if (item.kind === 'block-setting') {
      // What stands in the block was checked where it is written.
      if (blocks.includes(item.name.text) || item.name.text !== 'retrain') return []
      return [{ item, file, reason: `a block ${item.name.text} means nothing there` }]
    }
    if (item.kind !== 'value-setting' || block === undefined) return []
    const setting = misplaced(there, item, block)
    if (setting === undefined) return []
    const places = wordsOf(placesOf(setting.declaration))
    return [{ item, file, reason: `${setting.name} stands ${places}` }]
  })
}
