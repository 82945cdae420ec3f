import type { Expression } from '../../ir/model/expression.js'
import type { Assignment, Expectation, IrArchitecture } from '../../ir/model/ir.js'
import { conventionOfCost } from '../check/expressions/convention.js'
import { foldNumber } from '../check/expressions/fold.js'
import type { ArchitectureSymbol } from '../names/symbol.js'
import { sliceSpan } from '../text/source.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { checkerAt, from, labelled, type Lowering, type LoweringContext } from './lowering.js'
import { docOf } from './reach.js'
import { lowerOverride } from './settings.js'
import { boundPaths, textOf, type BoundPath } from './bound-paths.js'
import { spaceIdOf } from './space.js'

export function lowerArchitecture(lowering: Lowering, symbol: ArchitectureSymbol): IrArchitecture {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const context: LoweringContext = { lowering, file: symbol.location.file, variant: undefined, label: symbol.name }
  const params: [string, Expression][] = []
  const assignments: Assignment[] = []
  const expects: Expectation[] = []
  const visit = (items: readonly ast.ArchitectureItem[], prefixes: readonly BoundPath[]): void => {
    for (const item of items) {
      if (lowering.leftOut.has(item)) continue
      switch (item.kind) {
        case 'with':
          for (const { path, value } of item.assignments) params.push(lowerOverride(context, path.head, value))
          break
        case 'expect':
          expects.push(lowerExpectation(context, item))
          break
        case 'architecture-block':
          visit(item.items, boundPaths(context, prefixes, item.path))
          break
        default:
          assignments.push(...lowerBinding(context, item, boundPaths(context, prefixes, item.path)))
      }
    }
  }
  visit(declaration.items, [[]])
  from(context, declaration.name, assignments)
  return from(context, declaration, {
    name: symbol.name,
    ...docOf(declaration),
    space,
    with: Object.fromEntries(params),
    assignments,
    expects,
  })
}

/** One assignment for each of the paths that an item stands for. */
function lowerBinding(
  outer: LoweringContext,
  item: ast.BindingItem,
  paths: readonly BoundPath[],
): readonly Assignment[] {
  const context = labelled(outer, paths[0]?.at(-1)?.text ?? '')
  const lower = bindingOf(context, item)
  return paths.map((parts) => {
    const assignment = from(context, item.path, lower(parts))
    context.lowering.paths.set(assignment, parts)
    return assignment
  })
}

/** What an item says of whichever path: its values are lowered once. */
function bindingOf(context: LoweringContext, item: ast.BindingItem): (path: BoundPath) => Assignment {
  switch (item.kind) {
    case 'value-item': {
      const value = lowerExpression(context, item.value)
      return (path) => ({ kind: 'value', path: textOf(path), value })
    }
    case 'layers': {
      const values = item.values.map((value) => lowerExpression(context, value))
      return (path) => ({ kind: 'layers', path: textOf(path), values })
    }
    case 'edges': {
      const edges = item.edges.map((edge) => lowerEdge(context, edge))
      // A node of a family has no brackets: `normal.n1`.
      return (path) => ({ kind: 'edges', path: textOf(path).replace(/\[(\d+)\]$/, '$1'), edges })
    }
  }
}

function lowerEdge(
  context: LoweringContext,
  edge: ast.Edge,
): { readonly operation: Expression; readonly source: string } {
  const { name, index } = edge.source
  const member = index === undefined ? '' : String(foldNumber(checkerAt(context), index.index) ?? '')
  const operation = lowerExpression(labelled(context, 'through'), edge.operation)
  return from(context, edge.source, { operation, source: `${name.text}${member}` })
}

function lowerExpectation(context: LoweringContext, item: ast.ExpectItem): Expectation {
  const { program } = context.lowering.checked
  const callee = item.cost.kind === 'call' ? item.cost.callee : item.cost
  const resolution = callee.kind === 'name-expression' ? program.references.resolutionOf(callee.name) : undefined
  if (resolution?.kind !== 'cost') throw new Error('an expectation of no cost')
  const convention = conventionOfCost(item.cost)
  const source = program.modules.get(context.file)?.module.source
  return from(context, item, {
    cost: resolution.cost,
    ...(convention === undefined ? {} : { convention }),
    operator: item.operator === '<=' || item.operator === '>=' ? item.operator : '=',
    value: lowerExpression(labelled(context, 'expect'), item.value),
    ...(item.within === undefined ? {} : { within: lowerExpression(labelled(context, 'within'), item.within) }),
    text: source === undefined ? '' : sliceSpan(source, item.span),
  })
}
