import { suggest } from '../../diagnostics/suggest.js'
import { describeSymbol, type ComponentSymbol, type PrimitiveSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType } from '../expressions/expression.js'
import { checkConvention } from './convention.js'
import { checkParameters } from './parameters.js'

export const outFields = ['height', 'width', 'channels'] as const
export const weightRoles = ['kernel', 'bias', 'scale', 'shift'] as const
export const weightInits = ['he_normal', 'he_uniform', 'linear_uniform', 'zeros', 'ones'] as const

/** Checks a primitive operation or a search component and what is said of it. */
export function checkExtern(outer: Checker, symbol: PrimitiveSymbol | ComponentSymbol): void {
  const checker: Checker = { ...outer, placed: true }
  const { declaration } = symbol
  checkParameters(checker, declaration.parameters)
  const [first] = declaration.rules
  if (symbol.kind === 'component' && first !== undefined) {
    checker.report.add('rules-without-operation', locationOf(checker, first), {
      name: symbol.name,
      found: describeSymbol(symbol),
    })
    return
  }
  for (const rule of declaration.rules) checkRule(checker, rule)
}

function checkRule(checker: Checker, rule: ast.ExternRule): void {
  switch (rule.kind) {
    case 'require':
      expectType(checker, rule.test, { type: 'bool' })
      return
    case 'out':
      for (const { path, value } of rule.assignments) {
        checkWord(checker, path.head, outFields, 'size')
        expectType(checker, value, { type: 'int' })
      }
      return
    case 'weight':
      for (const size of rule.shape) expectType(checker, size, { type: 'int' })
      if (rule.role !== undefined) checkWord(checker, rule.role, weightRoles, 'role of weights')
      if (rule.init !== undefined) checkWord(checker, rule.init, weightInits, 'initialisation')
      if (rule.when !== undefined) expectType(checker, rule.when, { type: 'bool' })
      return
    case 'cost':
      if (!rule.convention.missing) checkConvention(checker, rule.convention, rule.convention.text)
      expectType(checker, rule.value, { type: 'real' })
      return
    case 'macs':
      expectType(checker, rule.value, { type: 'real' })
  }
}

function checkWord(checker: Checker, word: ast.Name, known: readonly string[], what: string): void {
  if (word.missing || known.includes(word.text)) return
  const location = locationOf(checker, word)
  checker.report.add(
    'unknown-rule-part',
    location,
    { what, name: word.text },
    {
      notes: [`known: ${known.join(', ')}`],
      ...suggest(word.text, known, location),
    },
  )
}
