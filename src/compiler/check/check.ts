import { createReport } from '../diagnostics/report.js'
import type { Outcome } from '../diagnostics/diagnostic.js'
import type { BoundProgram } from '../names/bind.js'
import type { NamedSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { checkArchitecture } from './declarations/architecture.js'
import { checkCell } from './declarations/cell.js'
import { locationOf, type Checker, type Facts } from './checker.js'
import { expectType, inferExpression, inferLet } from './expressions/expression.js'
import { checkExtern } from './declarations/extern.js'
import { checkDefault, checkParameters } from './declarations/parameters.js'
import { checkSearch } from './searches/search.js'
import { checkSettings } from './searches/settings.js'
import { checkTypeName } from './expressions/signature.js'
import { checkSpace } from './declarations/space.js'

/** A program whose types, domains, topologies and clauses are right, or reported. */
export interface CheckedProgram {
  readonly program: BoundProgram
  readonly facts: Facts
}

export function check(program: BoundProgram): Outcome<CheckedProgram> {
  const report = createReport()
  const facts: Facts = { types: new Map(), calls: new Map(), members: new Set(), folding: new Set() }
  for (const { module, own } of program.modules.values()) {
    const checker: Checker = { program, facts, report, file: module.path, hasContext: true }
    for (const symbol of own.values()) checkSymbol(checker, symbol)
  }
  return report.outcome({ program, facts })
}

/** A param has a value before anything is built: what something costs is none. */
function checkParam(checker: Checker, { type, default: value }: ast.ParamDeclaration): void {
  if (type !== undefined) checkTypeName(checker, type)
  checkDefault(checker, type, value)
  const isCost = type?.text === 'cost' || inferExpression(checker, value).kind === 'cost'
  if (isCost) checker.report.add('cost-as-param', locationOf(checker, type ?? value), {})
}

function checkSymbol(checker: Checker, symbol: NamedSymbol): void {
  switch (symbol.kind) {
    case 'param':
      checkParam({ ...checker, hasContext: false, isFixed: true }, symbol.declaration)
      return
    case 'let':
      inferLet(checker, symbol.declaration)
      return
    case 'operation':
      checkParameters(checker, symbol.declaration.parameters)
      expectType(checker, symbol.declaration.body, { type: 'operation' })
      return
    case 'primitive':
    case 'component':
      checkExtern(checker, symbol)
      return
    case 'cell':
      checkCell(checker, symbol)
      return
    case 'space':
      checkSpace(checker, symbol)
      return
    case 'search':
      checkSearch(checker, symbol)
      return
    case 'settings':
      checkSettings({ ...checker, hasContext: false, isFixed: true }, symbol.declaration.settings, {
        blocks: ['retrain'],
      })
      return
    case 'architecture':
      checkArchitecture(checker, symbol)
      return
    default:
  }
}
