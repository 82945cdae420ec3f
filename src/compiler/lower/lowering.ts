import type { Assignment, IrArchitecture, IrConstant, IrParam } from '../../ir/model/ir.js'
import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation } from '../../ir/model/operation.js'
import type { IrComponent, IrSearch } from '../../ir/model/search.js'
import type { IrCell, IrSpace } from '../../ir/model/space.js'
import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import type { CheckedProgram } from '../check/check.js'
import type { Checker } from '../check/checker.js'
import type { LetSymbol, NamedSymbol, ParamSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import type { BoundPath } from './bound-paths.js'

/** Where parts of the IR come from: beside the IR, because the IR knows no text. */
export type Provenance = ReadonlyMap<object, SourceLocation>

/** A space is rewritten: what depends on it is lowered once more, under ids that end in `@name`. */
export interface Variant {
  readonly name: string
  readonly lets: ReadonlyMap<LetSymbol, { readonly value: ast.Expression; readonly file: string }>
  /** What was rewritten; the right sides of the rewrites speak of it. */
  readonly base?: Variant
}

/** The IR while it grows: only what is reached is added. */
export interface Lowering {
  readonly checked: CheckedProgram
  readonly report: Report
  readonly provenance: Map<object, SourceLocation>
  /** Parts of searches that stand in clauses which are taken over, with the place that says so. */
  readonly takenOver: Map<object, SourceLocation>
  readonly params: Map<ParamSymbol, IrParam>
  readonly constants: Map<string, IrConstant>
  readonly operations: Map<string, IrOperation>
  readonly components: Map<string, IrComponent>
  readonly cells: Map<string, IrCell>
  readonly spaces: Map<string, IrSpace>
  readonly searches: IrSearch[]
  readonly architectures: IrArchitecture[]
  /** The parts of the paths of assignments. */
  readonly paths: Map<Assignment, BoundPath>
  /** Architectures, and items of them, that have errors. */
  readonly leftOut: ReadonlySet<ast.SyntaxNode<string>>
}

/** Where a piece of text is being lowered. */
export interface LoweringContext {
  readonly lowering: Lowering
  readonly file: string
  readonly variant: Variant | undefined
  /** What a choice here is called: the argument, let, stage attribute or clause that it stands in. */
  readonly label: string
  /** In a `require`. */
  readonly requires?: true
  /** The `let` whose value is rewritten here, with what it was before. */
  readonly before?: { readonly declaration: ast.LetDeclaration; readonly value: () => Expression }
  /** Where a search says that it takes a clause over, for what stands in that clause. */
  readonly takenOver?: SourceLocation
  /** The stage whose `require` this is: what it names is decided in there. */
  readonly requiredOf?: string
}

export function labelled(context: LoweringContext, label: string): LoweringContext {
  return { ...context, label }
}

/** Remembers where a part of the IR comes from. */
export function from<T extends object>(context: LoweringContext, node: ast.SyntaxNode<string>, part: T): T {
  const { lowering, file, takenOver } = context
  lowering.provenance.set(part, { file, span: node.span })
  if (takenOver !== undefined) lowering.takenOver.set(part, takenOver)
  return part
}

/** For the parts of the model that fold values. */
export function checkerAt(context: LoweringContext): Checker {
  const { checked, report } = context.lowering
  const { file, requires } = context
  return { program: checked.program, facts: checked.facts, report, file, hasContext: true, requires }
}

/** Does the declaration of a symbol speak, directly or not, of something that the variant puts another value into? */
export function dependsOn(lowering: Lowering, symbol: NamedSymbol, variant: Variant): boolean {
  const { references } = lowering.checked.program
  const seen = new Set<NamedSymbol>()
  const visit = (each: NamedSymbol): boolean => {
    if (each.kind === 'let' && variant.lets.has(each)) return true
    if (seen.has(each)) return false
    seen.add(each)
    return [...references.mentionsOf(each).keys()].some(visit)
  }
  return visit(symbol)
}
