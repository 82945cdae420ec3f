import { topologyOf } from './topology.js'
import type * as ast from '../../syntax/ast.js'
import { resolutionOf, locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { foldNumber, foldOptions } from '../expressions/fold.js'
import { checkStatement } from './statement.js'
import { uniqueClauses } from './unique-clauses.js'
import type { CellSymbol } from '../../names/symbol.js'
import { plural } from '../../../support/format-quantity.js'

/** Checks stem, stacks, stages and head. */
export function checkNetwork(checker: Checker, space: ast.SpaceDefinition, network: ast.NetworkBlock): void {
  // Stem and head stand once: their names begin the paths of what stands in them.
  const clauses = uniqueClauses<ast.NetworkItem>(checker)
  for (const item of network.items) {
    switch (item.kind) {
      case 'stem':
        clauses.add(item.kind, item)
        for (const part of item.parts) expectType(checker, part, { type: 'operation' })
        break
      case 'head':
        clauses.add(item.kind, item)
        expectType(checker, item.value, { type: 'operation' })
        break
      case 'let':
      case 'require':
        checkStatement(checker, item)
        break
      case 'stack':
        checkStack(checker, space, item)
        break
      case 'stage':
        checkStage(checker, item)
    }
  }
  if (clauses.get('head') === undefined) {
    checker.report.add('network-without-head', locationOf(checker, space.name), { name: space.name.text })
  }
}

/** A stack hands the outputs of the last two items to a cell: there are no more. */
const mostInputs = 2

function checkStack(checker: Checker, space: ast.SpaceDefinition, stack: ast.StackItem): void {
  expectType(checker, stack.count, { type: 'int' })
  if (stack.channels !== undefined) expectType(checker, stack.channels, { type: 'int' })
  const count = foldNumber(checker, stack.count)
  if (count !== undefined && count < 1) checker.report.add('empty-stack', locationOf(checker, stack.count), { count })
  for (const { at } of stack.exceptions) checkPositions(checker, at, count, stack)
  for (const name of [stack.cell, ...stack.exceptions.map(({ cell }) => cell)]) {
    const cell = cellOf(checker, space, name)
    if (cell === undefined) continue
    const inputs = topologyOf({ ...checker, file: cell.location.file }, cell.declaration).inputs.length
    if (inputs <= mostInputs) continue
    checker.report.add(
      'too-many-inputs',
      locationOf(checker, name),
      { name: name.text, inputs, most: mostInputs },
      {
        labels: [{ ...cell.location, text: 'the cell is declared here' }],
      },
    )
  }
}

function cellOf(checker: Checker, space: ast.SpaceDefinition, name: ast.Name): CellSymbol | undefined {
  const item = space.items.find((each) => each.kind === 'space-cell' && each.name.text === name.text)
  if (item?.kind !== 'space-cell') return undefined
  const callee = item.value.kind === 'call' ? item.value.callee : item.value
  const resolution = callee.kind === 'name-expression' ? resolutionOf(checker, callee.name) : undefined
  return resolution?.kind === 'symbol' && resolution.symbol.kind === 'cell' ? resolution.symbol : undefined
}

/** Positions count from 0; a real one is rounded down. */
function checkPositions(checker: Checker, at: ast.Expression, count: number | undefined, stack: ast.StackItem): void {
  const type = inferExpression(checker, at)
  if (type.kind !== 'set') {
    expectType(checker, at, { type: 'real' })
    return
  }
  if (type.of.kind !== 'unknown' && type.of.kind !== 'int' && type.of.kind !== 'real' && type.of.kind !== 'number') {
    expectType(checker, at, { type: 'int' })
    return
  }
  if (count === undefined) return
  for (const { value, node, file } of foldOptions(checker, at) ?? []) {
    if (value?.kind !== 'number') continue
    const position = Math.floor(value.value)
    if (position >= 0 && position < count) continue
    checker.report.add(
      'position-outside',
      { file, span: node.span },
      { position, last: count - 1 },
      {
        labels: [{ ...locationOf(checker, stack.count), text: plural(count, 'cell') }],
      },
    )
  }
}

function checkStage(checker: Checker, stage: ast.StageItem): void {
  const clauses = uniqueClauses<ast.StageProperty>(checker)
  for (const item of stage.items) {
    switch (item.kind) {
      case 'let':
      case 'require':
        checkStatement(checker, item)
        break
      case 'stage-property': {
        clauses.add(item.property, item)
        const isOperation = item.property === 'layer' || item.property === 'first'
        expectType(checker, item.value, { type: isOperation ? 'operation' : 'int' })
      }
    }
  }
  if (clauses.get('layer') === undefined && !stage.name.missing) {
    checker.report.add('stage-without-layer', locationOf(checker, stage.name), { name: stage.name.text })
  }
}
