import type { Expression } from '../../ir/model/expression.js'
import type { Assignment, Expectation, IrArchitecture } from '../../ir/model/ir.js'
import { stateIn } from '../check/declarations/architecture.js'
import { conventionNamed, conventionText } from '../check/declarations/expectation.js'
import { foldNumber } from '../check/expressions/fold.js'
import type { ArchitectureSymbol } from '../names/symbol.js'
import { sliceSpan } from '../text/source.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { checkerAt, from, labelled, type Lowering, type Spot } from './lowering.js'
import { docOf } from './reach.js'
import { lowerOverride } from './settings.js'
import { spaceIdOf } from './space.js'

export function lowerArchitecture(lowering: Lowering, symbol: ArchitectureSymbol): IrArchitecture {
  const { declaration } = symbol
  const space = spaceIdOf(lowering, symbol)
  const spot: Spot = { lowering, file: symbol.place.file, variant: undefined, label: symbol.name }
  const assignments: Assignment[] = []
  const expects: Expectation[] = []
  const visit = (items: readonly ast.ArchitectureItem[], prefix: string): void => {
    for (const item of items) {
      if (item.kind === 'expect') {
        expects.push(lowerExpectation(spot, item))
        continue
      }
      const path =
        prefix === ''
          ? pathOf(spot, item.path, item.kind === 'edges')
          : `${prefix}.${pathOf(spot, item.path, item.kind === 'edges')}`
      if (item.kind === 'architecture-block') visit(item.items, path)
      else if (item.kind === 'value-item') {
        assignments.push(
          from(spot, item, { kind: 'value', path, value: lowerExpression(labelled(spot, path), item.value) }),
        )
      } else
        assignments.push(
          from(spot, item, { kind: 'edges', path, edges: item.edges.map((edge) => lowerEdge(spot, edge)) }),
        )
    }
  }
  visit(declaration.items, '')
  from(spot, declaration.name, assignments)
  return from(spot, declaration, { name: symbol.name, ...docOf(declaration), space, assignments, expects })
}

/** The path of a decision; a node of a family has no brackets, `normal.n1`. */
function pathOf(spot: Spot, path: ast.Path, ofNode: boolean): string {
  let text = path.head.text
  path.steps.forEach((step, index) => {
    if (step.kind === 'path-field') text += `.${step.name.text}`
    else {
      const value = stateIn(step) ?? String(foldNumber(checkerAt(spot), step.index) ?? '')
      text += ofNode && index === path.steps.length - 1 ? value : `[${value}]`
    }
  })
  return text
}

function lowerEdge(spot: Spot, edge: ast.Edge): { readonly operation: Expression; readonly source: string } {
  const { name, index } = edge.source
  const member = index === undefined ? '' : String(foldNumber(checkerAt(spot), index.index) ?? '')
  return { operation: lowerExpression(labelled(spot, 'through'), edge.operation), source: `${name.text}${member}` }
}

function lowerExpectation(spot: Spot, item: ast.ExpectItem): Expectation {
  const { program } = spot.lowering.checked
  const callee = item.cost.kind === 'call' ? item.cost.callee : item.cost
  const meaning = callee.kind === 'name-expression' ? program.references.meaningOf(callee.name) : undefined
  if (meaning?.kind !== 'cost') throw new Error('an expectation of no cost')
  const [argument] = item.cost.kind === 'call' ? item.cost.arguments : []
  const named = argument === undefined ? undefined : conventionText(argument.value)
  const convention = named === undefined ? undefined : conventionNamed(named)
  const source = program.modules.get(spot.file)?.module.source
  return from(spot, item, {
    with: Object.fromEntries(item.with.map(({ path, value }) => lowerOverride(spot, path.head, value))),
    cost: meaning.cost,
    ...(convention === undefined ? {} : { convention }),
    operator: item.operator === '<=' || item.operator === '>=' ? item.operator : '=',
    value: lowerExpression(labelled(spot, 'expect'), item.value),
    ...(item.within === undefined ? {} : { within: lowerExpression(labelled(spot, 'within'), item.within) }),
    text: source === undefined ? '' : sliceSpan(source, item.span),
  })
}
