import type { TypeName } from '../../ir/model/operation.js'
import type { Label, SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { BoundProgram } from '../names/bind.js'
import type { Resolution } from '../names/scope.js'
import type { CellSymbol, ComponentSymbol, NamedSymbol, OperationSymbol, PrimitiveSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import type { Type } from './types/type.js'

/** What can be called with arguments by name. */
export type CallableSymbol = OperationSymbol | PrimitiveSymbol | ComponentSymbol | CellSymbol

/** A call whose arguments have found their parameters. A `flag` is a bare word: the value `true`. */
export interface ResolvedCall {
  readonly symbol: CallableSymbol
  readonly arguments: ReadonlyMap<string, ast.Expression | 'flag'>
}

/** What checking has found out of expressions; lowering reads it. */
export interface Facts {
  readonly types: Map<ast.Expression, Type>
  /** By the call, the bare name, the phrase or the setting. */
  readonly calls: Map<ast.Expression | ast.ValueSetting, ResolvedCall>
  /** Operations that stand in a set: what they need may be given to all of the set. */
  readonly members: Set<ast.Expression>
  /** Definitions whose value is being worked out. */
  readonly folding: Set<NamedSymbol>
}

/** Where something is being checked. */
export interface Checker {
  readonly program: BoundProgram
  readonly facts: Facts
  readonly report: Report
  readonly file: string
  /** Whether facts of a place (`in`, `channels`) have a meaning here. */
  readonly hasContext: boolean
  /** Operations name options of a decision here: what is left open in an option, or comes from its place, is not said. */
  readonly naming?: boolean | undefined
  /** In params, searches and what an architecture expects: nothing is chosen there. */
  readonly isFixed?: true | undefined
  /** Inside of `all(…)`, `count(…)` and the like. */
  readonly aggregates?: true | undefined
  /** In a `require`: names of maps and nodes stand for themselves, and decisions have paths. */
  readonly requires?: true | undefined
}

export function locationOf(checker: Pick<Checker, 'file'>, node: ast.SyntaxNode<string>): SourceLocation {
  return { file: checker.file, span: node.span }
}

export function resolutionOf(checker: Checker, name: ast.Name): Resolution | undefined {
  return checker.program.references.resolutionOf(name)
}

/** What a place asks of an expression. */
export interface ExpectedType {
  readonly type: TypeName
  /** Where that is declared. */
  readonly label?: Label
}
