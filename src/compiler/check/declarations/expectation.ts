import { suggest } from '../../diagnostics/suggest.js'
import { costNames } from '../../names/builtins.js'
import type * as ast from '../../syntax/ast.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { expectType } from '../expressions/expression.js'
import { checkConventionOf } from '../expressions/convention.js'

/** `expect parameters = 3_349_342` */
export function checkExpectation(outer: Checker, item: ast.ExpectItem): void {
  const checker: Checker = { ...outer, hasContext: false, isFixed: true }
  expectType(checker, item.value, { type: 'real' })
  if (item.within !== undefined) expectType(checker, item.within, { type: 'real' })
  const { cost } = item
  const callee = cost.kind === 'call' ? cost.callee : cost
  if (callee.kind === 'missing') return
  const resolution = callee.kind === 'name-expression' ? resolutionOf(checker, callee.name) : undefined
  if (resolution?.kind !== 'cost') {
    const location = locationOf(checker, callee)
    const text = callee.kind === 'name-expression' ? callee.name.text : ''
    checker.report.add(
      'not-a-cost',
      location,
      { name: text === '' ? 'this' : text },
      {
        notes: [`costs: ${costNames.join(', ')}`],
        ...suggest(text, costNames, location),
      },
    )
    return
  }
  if (!['=', '==', '<=', '>='].includes(item.operator)) {
    checker.report.add('expect-operator', locationOf(checker, item), { operator: item.operator })
  }
  if (cost.kind === 'call') checkConventionOf(checker, cost)
}
