import type { ArchitectureSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { checkExpectation } from './expectation.js'
import { foldNumber } from '../expressions/fold.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { checkOverride } from '../expressions/override.js'

/**
 * Checks the types of what an architecture says. Which decisions its paths mean, and whether they have the options that it
 * takes, is known once the space is built under its params.
 */
export function checkArchitecture(outer: Checker, symbol: ArchitectureSymbol): void {
  const checker: Checker = { ...outer, hasContext: true }
  const params = new Map<string, ast.Name>()
  checkItems(checker, symbol.declaration.items, params)
}

function checkItems(checker: Checker, items: readonly ast.ArchitectureItem[], params: Map<string, ast.Name>): void {
  const naming: Checker = { ...checker, naming: true }
  for (const item of items) {
    switch (item.kind) {
      case 'with':
        for (const assignment of item.assignments) checkParam(checker, assignment, params)
        break
      case 'expect':
        checkExpectation(checker, item)
        break
      case 'architecture-block':
        checkPath(checker, item.path)
        checkItems(checker, item.items, params)
        break
      case 'value-item':
        checkPath(checker, item.path)
        inferExpression(naming, item.value)
        break
      case 'layers':
        checkPath(checker, item.path)
        for (const value of item.values) inferExpression(naming, value)
        break
      case 'edges':
        checkPath(checker, item.path)
        for (const { operation } of item.edges) {
          // An option may be named by its text.
          if (operation.kind !== 'string') expectType(naming, operation, { type: 'operation' })
        }
    }
  }
}

/** `with cells = 20`: once, for all of the architecture. */
function checkParam(checker: Checker, { path, value }: ast.Assignment, params: Map<string, ast.Name>): void {
  checkOverride({ ...checker, hasContext: false, isFixed: true }, path.head, value)
  const { head } = path
  const first = params.get(head.text)
  if (first === undefined) params.set(head.text, head)
  else {
    const labels = [{ ...locationOf(checker, first), text: 'bound here first' }]
    checker.report.add('bound-twice', locationOf(checker, head), { path: head.text }, { labels })
  }
}

/** `layer[2]`, `layer[2..4]`, `through[s0]`. */
function checkPath(checker: Checker, path: ast.Path): void {
  for (const step of path.steps) {
    if (step.kind === 'path-field' || stateIn(step) !== undefined) continue
    if (step.index.kind === 'range') {
      const { from, to, step: width } = step.index
      for (const end of [from, to, width]) if (end !== undefined) expectType(checker, end, { type: 'int' })
      const [first, last] = [foldNumber(checker, from), foldNumber(checker, to)]
      if (first !== undefined && last !== undefined && last < first)
        checker.report.add('empty-index-range', locationOf(checker, step.index), { first, last })
    } else expectType(checker, step.index, { type: 'int' })
  }
}

/** `s0` of `through[s0]`: a state of a cell. */
export function stateIn({ index }: ast.PathIndex): string | undefined {
  return index.kind === 'name-expression' ? index.name.text : undefined
}
