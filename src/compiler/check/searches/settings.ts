import type { ComponentSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { suppliedByTail, matchArguments, type SuppliedArgument } from '../expressions/call.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { uniqueClauses } from '../declarations/unique-clauses.js'
import { checkOverride } from '../expressions/override.js'
import { checkNamedSettings } from './named-settings.js'
import { checkPlaced, type SettingsRules } from './settings-block.js'

/** `retrain darts_retrain { epochs 10 }` */
export function checkSuppliedSettings(checker: Checker, given: ast.SuppliedSettings, rules: SettingsRules): void {
  if (given.named !== undefined) checkNamedSettings(checker, given.named, rules)
  if (given.settings !== undefined) checkSettings(checker, given.settings, rules)
}

export function checkSettings(checker: Checker, settings: ast.Settings, rules: SettingsRules): void {
  const clauses = uniqueClauses<ast.Setting>(checker)
  for (const item of settings.items) {
    if (item.kind === 'expression-setting') {
      if (rules.optimiser === undefined || settingCalled(checker, item.value) !== undefined) {
        reportStray(checker, item)
        continue
      }
      expectType(checker, item.value, { type: 'optimiser' })
      clauses.add('optimiser', item)
      continue
    }
    clauses.add(`${item.kind}:${item.name.text}`, item, item.name.text)
    checkSetting(checker, item, rules)
  }
  if (rules.optimiser !== undefined && clauses.get('optimiser') === undefined) {
    checker.report.add('train-without-optimiser', locationOf(checker, settings), { what: rules.optimiser })
  }
}

export function reportStray(checker: Checker, item: ast.ExpressionSetting): void {
  if (item.value.kind === 'missing') return
  const setting = settingCalled(checker, item.value)
  const help = `A setting takes its value without parentheses around it: \`${setting?.name ?? ''} VALUE\`.`
  checker.report.add('stray-expression', locationOf(checker, item), {}, setting === undefined ? {} : { help })
}

/** `epochs (2 * n)` and `augment (a & b) & c` read as calls of a setting, which is none. */
function settingCalled(checker: Checker, value: ast.Expression): ComponentSymbol | undefined {
  if (value.kind === 'phrase') return settingCalled(checker, value.head)
  if (value.kind === 'binary') return settingCalled(checker, value.left)
  if (value.kind !== 'call' || value.callee.kind !== 'name-expression') return undefined
  const resolution = resolutionOf(checker, value.callee.name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'component') return undefined
  return resolution.symbol.component === 'setting' ? resolution.symbol : undefined
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
      if (rules.block !== undefined) checkPlaced(checker, item, rules.block)
      return
    case 'block-setting':
      if (!rules.blocks.includes(item.name.text) && !item.name.missing) {
        checker.report.add(
          'unknown-block',
          locationOf(checker, item.name),
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
      checkSuppliedSettings(checker, item, retrainRules)
  }
}

export const retrainRules: SettingsRules = { block: { place: 'retrain', called: 'retrain' }, blocks: [] }

export function scaleRules(scale: ast.Name): SettingsRules {
  return { block: { place: 'search', called: `scale ${scale.text}` }, blocks: ['retrain'] }
}

/** `epochs 50`, `auxiliary 0.4 at 2/3`: the value is the first argument, words behind it are arguments by name. */
function checkValueSetting(checker: Checker, item: ast.ValueSetting): void {
  const resolution = resolutionOf(checker, item.name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'component') {
    if (item.value !== undefined) inferExpression(checker, item.value)
    return
  }
  const { symbol } = resolution
  const supplied: SuppliedArgument[] = item.tails.map((tail) => suppliedByTail(checker, tail))
  if (item.value !== undefined) supplied.unshift({ value: item.value, location: locationOf(checker, item.value) })
  // A bare `nesterov` is `nesterov true` where the first parameter is a truth value.
  else if (symbol.declaration.parameters.length > 0 && item.tails.length === 0) {
    const [first] = symbol.declaration.parameters
    if (first?.type?.text === 'bool') supplied.unshift({ value: 'flag', location: locationOf(checker, item.name) })
  }
  matchArguments(checker, item, symbol, supplied, locationOf(checker, item.name))
}
