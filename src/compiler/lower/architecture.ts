import type { Expression } from '../../ir/model/expression.js'
import type { Assignment, Expectation, IrArchitecture } from '../../ir/model/ir.js'
import { stateIn } from '../check/declarations/architecture.js'
import { conventionNamed } from '../../space/cost/convention.js'
import { conventionText } from '../check/expressions/convention.js'
import { foldNumber } from '../check/expressions/fold.js'
import type { ArchitectureSymbol } from '../names/symbol.js'
import { sliceSpan } from '../text/source.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { checkerAt, from, labelled, type Lowering, type LoweringContext } from './lowering.js'
import { docOf } from './reach.js'
import { lowerOverride } from './settings.js'
import { spaceIdOf } from './space.js'

export function lowerArchitecture(lowering: Lowering, symbol: ArchitectureSymbol): IrArchitecture {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const context: LoweringContext = { lowering, file: symbol.location.file, variant: undefined, label: symbol.name }
  const assignments: Assignment[] = []
  const expects: Expectation[] = []
  const visit = (items: readonly ast.ArchitectureItem[], prefix: string): void => {
    for (const item of items) {
      if (item.kind === 'expect') {
        expects.push(lowerExpectation(context, item))
        continue
      }
      const path =
        prefix === ''
          ? pathOf(context, item.path, item.kind === 'edges')
          : `${prefix}.${pathOf(context, item.path, item.kind === 'edges')}`
      if (item.kind === 'architecture-block') visit(item.items, path)
      else if (item.kind === 'value-item') {
        assignments.push(
          from(context, item, { kind: 'value', path, value: lowerExpression(labelled(context, path), item.value) }),
        )
      } else
        assignments.push(
          from(context, item, { kind: 'edges', path, edges: item.edges.map((edge) => lowerEdge(context, edge)) }),
        )
    }
  }
  visit(declaration.items, '')
  from(context, declaration.name, assignments)
  return from(context, declaration, { name: symbol.name, ...docOf(declaration), space, assignments, expects })
}

/** The path of a decision; a node of a family has no brackets, `normal.n1`. */
function pathOf(context: LoweringContext, path: ast.Path, ofNode: boolean): string {
  let text = path.head.text
  path.steps.forEach((step, index) => {
    if (step.kind === 'path-field') text += `.${step.name.text}`
    else {
      const value = stateIn(step) ?? String(foldNumber(checkerAt(context), step.index) ?? '')
      text += ofNode && index === path.steps.length - 1 ? value : `[${value}]`
    }
  })
  return text
}

function lowerEdge(
  context: LoweringContext,
  edge: ast.Edge,
): { readonly operation: Expression; readonly source: string } {
  const { name, index } = edge.source
  const member = index === undefined ? '' : String(foldNumber(checkerAt(context), index.index) ?? '')
  return { operation: lowerExpression(labelled(context, 'through'), edge.operation), source: `${name.text}${member}` }
}

function lowerExpectation(context: LoweringContext, item: ast.ExpectItem): Expectation {
  const { program } = context.lowering.checked
  const callee = item.cost.kind === 'call' ? item.cost.callee : item.cost
  const resolution = callee.kind === 'name-expression' ? program.references.resolutionOf(callee.name) : undefined
  if (resolution?.kind !== 'cost') throw new Error('an expectation of no cost')
  const [argument] = item.cost.kind === 'call' ? item.cost.arguments : []
  const named = argument === undefined ? undefined : conventionText(argument.value)
  const convention = named === undefined ? undefined : conventionNamed(named)
  const source = program.modules.get(context.file)?.module.source
  return from(context, item, {
    with: Object.fromEntries(item.with.map(({ path, value }) => lowerOverride(context, path.head, value))),
    cost: resolution.cost,
    ...(convention === undefined ? {} : { convention }),
    operator: item.operator === '<=' || item.operator === '>=' ? item.operator : '=',
    value: lowerExpression(labelled(context, 'expect'), item.value),
    ...(item.within === undefined ? {} : { within: lowerExpression(labelled(context, 'within'), item.within) }),
    text: source === undefined ? '' : sliceSpan(source, item.span),
  })
}
