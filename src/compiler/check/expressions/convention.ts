import {
  conventionNamed,
  conventionNames,
  wordOfConvention,
  type ConventionName,
} from '../../../space/cost/convention.js'
import { suggest } from '../../diagnostics/suggest.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkCount, refuseLabels } from './argument-count.js'

/** Reports a convention of counting that does not exist: `name` is undefined where something else than a name stands. */
export function checkConvention(checker: Checker, node: ast.SyntaxNode<string>, name: string | undefined): void {
  if (name !== undefined && conventionNamed(name) !== undefined) return
  const location = locationOf(checker, node)
  const known = conventionNames.map(wordOfConvention)
  checker.report.add(
    'unknown-convention',
    location,
    { name: name ?? 'this' },
    { notes: [`conventions: ${known.join(', ')}`], ...suggest(name ?? '', known, location) },
  )
}

/** Of `macs(full)`, what stands in parentheses: one convention. */
export function checkConventionOf(checker: Checker, cost: ast.CallExpression): void {
  const callee = cost.callee.kind === 'name-expression' ? cost.callee.name.text : 'a cost'
  checkCount(checker, cost, callee, { least: 1, most: 1, text: '1 convention' })
  refuseLabels(checker, cost, callee)
  const [convention] = cost.arguments
  if (convention) checkConvention(checker, convention, conventionText(convention.value))
}

/** The convention by which a cost is counted: `full` of `macs(full)`. */
export function conventionOfCost(cost: ast.Expression): ConventionName | undefined {
  const [argument] = cost.kind === 'call' ? cost.arguments : []
  const named = argument === undefined ? undefined : conventionText(argument.value)
  return named === undefined ? undefined : conventionNamed(named)
}

/** The convention that an argument names: `macs(full)`. */
function conventionText(value: ast.Expression): string | undefined {
  if (value.kind === 'string') return value.value
  return value.kind === 'name-expression' ? value.name.text : undefined
}
