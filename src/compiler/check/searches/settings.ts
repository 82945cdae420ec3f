import type * as ast from '../../syntax/ast.js'
import { givenByTail, matchArguments, type Given } from '../expressions/call.js'
import { meaningOf, placeIn, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { once } from '../declarations/once.js'
import { checkOverride } from '../expressions/override.js'

/** Blocks that may stand in a block of settings. */
export interface SettingsRules {
  /** `train`: what is said in it, and that an optimiser must stand in it. */
  readonly optimiser?: string
  /** Names of inner blocks. */
  readonly blocks: readonly string[]
}

export function checkSettings(checker: Checker, settings: ast.Settings, rules: SettingsRules): void {
  const said = once<ast.Setting>(checker)
  for (const item of settings.items) {
    if (item.kind === 'expression-setting') {
      if (rules.optimiser === undefined) {
        if (item.value.kind !== 'missing') checker.report.add('stray-expression', placeIn(checker, item), {})
        continue
      }
      expectType(checker, item.value, { type: 'optimiser' })
      said.add('optimiser', item)
      continue
    }
    said.add(`${item.kind}:${item.name.text}`, item, item.name.text)
    checkSetting(checker, item, rules)
  }
  if (rules.optimiser !== undefined && said.get('optimiser') === undefined) {
    checker.report.add('train-without-optimiser', placeIn(checker, settings), { what: rules.optimiser })
  }
}

export function checkSetting(
  checker: Checker,
  item: Exclude<ast.Setting, ast.ExpressionSetting>,
  rules: SettingsRules,
): void {
  switch (item.kind) {
    case 'override-setting':
      checkOverride(checker, item.name, item.value)
      return
    case 'value-setting':
      checkValueSetting(checker, item)
      return
    case 'block-setting':
      if (!rules.blocks.includes(item.name.text) && !item.name.missing) {
        checker.report.add(
          'unknown-block',
          placeIn(checker, item.name),
          { name: item.name.text },
          {
            notes: [
              rules.blocks.length === 0
                ? 'no block can stand here'
                : `blocks that can stand here: ${rules.blocks.join(', ')}`,
            ],
          },
        )
        return
      }
      checkSettings(checker, item.settings, { blocks: [] })
  }
}

/** `epochs 50`, `auxiliary 0.4 at 2/3`: the value is the first argument, words behind it are arguments by name. */
function checkValueSetting(checker: Checker, item: ast.ValueSetting): void {
  const meaning = meaningOf(checker, item.name)
  if (meaning?.kind !== 'symbol' || meaning.symbol.kind !== 'component') {
    if (item.value !== undefined) inferExpression(checker, item.value)
    return
  }
  const { symbol } = meaning
  const given: Given[] = item.tails.map((tail) => givenByTail(checker, tail))
  if (item.value !== undefined) given.unshift({ value: item.value, place: placeIn(checker, item.value) })
  // A bare `nesterov` is `nesterov true` where the first parameter is a truth value.
  else if (symbol.declaration.parameters.length > 0 && item.tails.length === 0) {
    const [first] = symbol.declaration.parameters
    if (first?.type?.text === 'bool') given.unshift({ value: 'flag', place: placeIn(checker, item.name) })
  }
  matchArguments(checker, item, symbol, given, placeIn(checker, item.name))
}
