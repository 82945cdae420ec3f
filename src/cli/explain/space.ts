import { evaluate, printExpression, printValue, type ParamValues } from '../../space/index.js'
import { decisionsOf } from '../../analysis/index.js'
import { itemOutputs, shapeText, graphTargetOf, type ItemOutput } from '../../views/graph/index.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrCell, IrNode, IrSpace } from '../../ir/model/space.js'
import { constraintTexts } from '../operands/constraints.js'
import { groupChoices, type ChoiceGroup } from './choices.js'
import type { Docs } from './docs.js'
import { listed, paragraph } from './words.js'

export interface ExplainedSpace {
  readonly space: string
  readonly doc?: string
  readonly input: string
  readonly classes: number
  readonly params: readonly { readonly name: string; readonly value: string; readonly doc?: string }[]
  readonly network: readonly { readonly part: string; readonly says: string; readonly out?: string }[]
  readonly cells: readonly { readonly cell: string; readonly doc?: string; readonly says: readonly string[] }[]
  readonly operations: readonly { readonly name: string; readonly doc: string }[]
  readonly choices: readonly ChoiceGroup[]
  readonly constraints: readonly string[]
}

/** What a space is, in words: input, network, cells, choices, constraints. */
export function explainSpace(ir: Ir, space: IrSpace, params: ParamValues, docs: Docs): ExplainedSpace {
  const target = graphTargetOf(ir, space.id, params)
  const cells = usedCells(ir, space)
  const doc = paragraph(space.doc)
  return {
    space: space.name,
    ...(doc === undefined ? {} : { doc }),
    input: shapeText(target.network.input, target.smallest?.input),
    classes: target.network.classes,
    params: ir.params.map(({ name, doc }) => {
      const text = paragraph(doc)
      return { name, value: printValue(params[name] ?? ''), ...(text === undefined ? {} : { doc: text }) }
    }),
    network: itemOutputs(target).map(explainItem),
    cells: cells.map(({ cell, names }) => explainCell(ir, cell, names, params, docs)),
    operations: operationsIn(
      ir,
      space,
      cells.map(({ cell }) => cell),
    ),
    choices: groupChoices(decisionsOf(ir, space.id, { params })),
    constraints: constraintTexts(ir, space.id),
  }
}

function explainItem({ item, copies, out }: ItemOutput): ExplainedSpace['network'][number] {
  const size = out === undefined ? {} : { out }
  switch (item.kind) {
    case 'stem':
      return { part: 'stem', says: item.parts.map(print).join('; then '), ...size }
    case 'head':
      return { part: 'head', says: print(item.body), ...size }
    case 'stage': {
      const stride = item.stride.kind === 'number' && item.stride.value === 1 ? '' : `, stride ${print(item.stride)}`
      const first = item.first ? `, the first ${print(item.first)}` : ''
      const depth = isOne(item.depth) ? 'one layer' : `${print(item.depth)} layers`
      return {
        part: item.name,
        says: `${depth} of width ${print(item.width)}${stride}: ${print(item.layer)}${first}`,
        ...size,
      }
    }
    case 'stack': {
      const exceptions = item.exceptions.map(({ cell, at }) => `${cell} at ${print(at)}`)
      const doubled = item.doubledAt.length === 0 ? '' : `, doubled at ${listed(item.doubledAt, 'and')}`
      const but = exceptions.length === 0 ? '' : `, but ${exceptions.join(', ')} (counted from 0)`
      return {
        part: item.name,
        says: `${copies === 1 ? 'one cell' : `${copies} cells`}: ${item.cell}${but}; ${print(item.channels)} channels${doubled}`,
        ...size,
      }
    }
  }
}

function isOne(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 1
}

interface UsedCell {
  readonly cell: IrCell
  /** Names that the space uses it under. */
  readonly names: readonly string[]
}

function usedCells(ir: Ir, space: IrSpace): readonly UsedCell[] {
  return ir.cells.flatMap((cell) => {
    const names = space.cells.filter((use) => use.cell === cell.id).map(({ name }) => name)
    return names.length === 0 ? [] : [{ cell, names }]
  })
}

function explainCell(
  ir: Ir,
  cell: IrCell,
  names: readonly string[],
  params: ParamValues,
  docs: Docs,
): ExplainedSpace['cells'][number] {
  const doc = paragraph(docs.cells.get(cell.name))
  const prepared = cell.prepare.map(
    ({ inputs, through }) => `${listed(inputs, 'and')} first goes through ${print(through)}`,
  )
  const plus = (cell.output.plus ?? []).map(({ of, through }) => ` plus ${print(through)} of ${listed(of, 'and')}`)
  const kind = names.length === 1 && names[0] === cell.name ? '' : `, used as ${listed(names, 'and')}`
  return {
    cell: cell.name,
    ...(doc === undefined ? {} : { doc }),
    says: [
      `Reads ${listed(cell.inputs, 'and')}${kind}.`,
      ...prepared.map((text) => `${text}.`),
      ...cell.nodes.map((node) => `${explainNode(ir, node, params)}.`),
      `The output is the ${cell.output.merge} of ${cell.output.arity ? 'some of ' : ''}${listed(cell.output.of, 'and')}${plus.join('')}.`,
    ],
  }
}

function explainNode(ir: Ir, node: IrNode, params: ParamValues): string {
  const name = node.family ? `Each of ${family(ir, node, params)}` : `Node ${node.name}`
  const merge = { sum: 'sums', concat: 'concatenates', multiply: 'multiplies' }[node.merge]
  const of = node.from.of === 'earlier' ? 'the states before it' : listed(node.from.of, 'and')
  switch (node.from.kind) {
    case 'all':
      return `${name} ${merge} all of ${of}, each through ${print(node.through)}`
    case 'choice':
      return `${name} ${merge} any ${print(node.from.arity.least)}${most(node.from.arity.most, node.from.arity.least)} of ${of}, each through ${print(node.through)}`
    case 'connections':
      return `${name} ${merge} any ${print(node.from.arity.least)}${most(node.from.arity.most, node.from.arity.least)} of the pairs of ${of} and an operation of ${print(node.from.operations)}`
  }
}

function most(bound: Expression | undefined, least: Expression): string {
  if (!bound) return ' or more'
  return print(bound) === print(least) ? '' : ` to ${print(bound)}`
}

function family(ir: Ir, node: IrNode, params: ParamValues): string {
  const bound = (expression: Expression): string => printValue(evaluate(ir, expression, params))
  return node.family ? `${node.name}${bound(node.family.from)} … ${node.name}${bound(node.family.to)}` : node.name
}

/** The composed operations that the text of a space names, with their doc comments. */
function operationsIn(
  ir: Ir,
  space: IrSpace,
  cells: readonly IrCell[],
): readonly { readonly name: string; readonly doc: string }[] {
  const constants = new Map(ir.constants.map((constant) => [constant.id, constant.value]))
  const bodies = new Map(ir.operations.map(({ id, body }) => [id, body]))
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (typeof value === 'object' && value !== null) {
      if ('operation' in value && typeof value.operation === 'string' && !found.has(value.operation)) {
        found.add(value.operation)
        // What the author's own operations are made of belongs to the space; what the library's are, to the library.
        if (!value.operation.includes(':')) visit(bodies.get(value.operation))
      }
      if ('kind' in value && value.kind === 'constant' && 'id' in value && typeof value.id === 'string') {
        visit(constants.get(value.id))
      }
      Object.values(value).forEach(visit)
    }
  }
  visit([space.lets, space.cells, space.network, cells])
  return ir.operations.flatMap(({ id, name, doc, body }) => {
    const text = paragraph(doc)
    return found.has(id) && body && text !== undefined ? [{ name, doc: text }] : []
  })
}

function print(expression: Expression): string {
  return printExpression(expression)
}
