import type { SpaceSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { checkCount, refuseLabels } from '../expressions/argument-count.js'
import { resolveBare } from '../expressions/call.js'
import { checkStatement } from './statement.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { checkNetwork } from './network.js'
import { uniqueClauses } from './unique-clauses.js'
import { checkRewrites } from './rewrite.js'
import { describe } from '../types/type.js'

export function checkSpace(outer: Checker, symbol: SpaceSymbol): void {
  const checker: Checker = { ...outer, hasContext: true }
  const { declaration } = symbol
  if (declaration.kind === 'space') checkDefinition(checker, declaration)
  else checkRewrites(checker, declaration.rewrites)
}

const needed = ['input', 'classes', 'network'] as const
const examples: Readonly<Record<(typeof needed)[number], string>> = {
  input: 'input image(32, 32, 3)',
  classes: 'classes 10',
  network: 'network { stem …; head global_pool -> linear(classes) }',
}

function checkDefinition(checker: Checker, space: ast.SpaceDefinition): void {
  const clauses = uniqueClauses<ast.SpaceItem>(checker)
  for (const item of space.items) {
    if (needed.some((kind) => kind === item.kind)) clauses.add(item.kind, item)
    switch (item.kind) {
      case 'input':
        checkImage(checker, item.value)
        break
      case 'classes':
        expectType({ ...checker, hasContext: false }, item.value, { type: 'int' })
        break
      case 'space-cell':
        checkCellValue(checker, item.value)
        break
      case 'let':
      case 'require':
      case 'require-every':
        checkStatement(checker, item)
        break
      case 'network':
        checkNetwork(checker, space, item)
    }
  }
  for (const clause of needed) {
    if (clauses.get(clause) !== undefined || space.name.missing) continue
    checker.report.add(
      'space-without',
      locationOf(checker, space.name),
      { name: space.name.text, clause },
      {
        help: `Add it: \`${examples[clause]}\`.`,
      },
    )
  }
}

/** `image(32, 32, 3)`, `image(one of { 224, 256 }, 3)`. */
export function checkImage(checker: Checker, value: ast.Expression): void {
  const type = inferExpression({ ...checker, hasContext: false }, value)
  if (type.kind === 'unknown') return
  const location = locationOf(checker, value)
  if (type.kind !== 'image') {
    checker.report.add('not-an-image', location, { found: describe(type) })
    return
  }
  if (value.kind !== 'call') {
    checker.report.add('wrong-count', location, { callee: 'image', expected: '2 or 3 numbers', found: 0 })
    return
  }
  checkCount(checker, value, 'image', { least: 2, most: 3, text: '2 or 3 numbers' })
  refuseLabels(checker, value, 'image')
}

/** `darts`, `darts(stride: 2)`. */
export function checkCellValue(checker: Checker, value: ast.Expression): void {
  const callee = value.kind === 'call' ? value.callee : value
  if (callee.kind === 'name-expression') {
    const resolution = resolutionOf(checker, callee.name)
    if (resolution === undefined || resolution.kind === 'unknown') return
    if (resolution.kind === 'symbol' && resolution.symbol.kind === 'cell') {
      if (value.kind === 'call') inferExpression(checker, value)
      else resolveBare(checker, callee, resolution.symbol)
      return
    }
  }
  const type = inferExpression(checker, value)
  if (type.kind !== 'unknown') checker.report.add('not-a-cell', locationOf(checker, value), { found: describe(type) })
}
