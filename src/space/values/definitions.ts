import { Failure } from '../../catalogue/failure.js'
import type { ChoiceExpression } from '../../ir/model/expression.js'
import type { Ir, IrConstant } from '../../ir/model/ir.js'
import type { IrOperation } from '../../ir/model/operation.js'
import type { IrComponent } from '../../ir/model/search.js'
import type { IrCell, IrSpace } from '../../ir/model/space.js'
import type { ChoiceNumbers } from './environment.js'
import { numberChoices } from './labels.js'

/** An IR with its declarations by id. */
export interface Definitions {
  readonly ir: Ir
  readonly operations: ReadonlyMap<string, IrOperation>
  readonly components: ReadonlyMap<string, IrComponent>
  readonly constants: ReadonlyMap<string, IrConstant>
  readonly cells: ReadonlyMap<string, IrCell>
  readonly choices: ChoiceNumbers
}

const catalogues = new WeakMap<Ir, Definitions>()

export function definitionsOf(ir: Ir): Definitions {
  const known = catalogues.get(ir)
  if (known) return known
  const catalogue: Definitions = {
    ir,
    operations: byId(ir.operations),
    components: byId(ir.components),
    constants: byId(ir.constants),
    cells: byId(ir.cells),
    choices: choiceNumbers(ir),
  }
  catalogues.set(ir, catalogue)
  return catalogue
}

/** @throws Failure NAS6110 if the IR has no space of this id or name. */
export function spaceOf(ir: Ir, space: string): IrSpace {
  const found = ir.spaces.find(({ id }) => id === space) ?? ir.spaces.find(({ name }) => name === space)
  if (found) return found
  const names = ir.spaces.map(({ name }) => name).join(', ') || 'none'
  throw new Failure('no-such-space', { file: ir.source, space, names })
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]))
}

function choiceNumbers(ir: Ir): ChoiceNumbers {
  const numbers = new Map<ChoiceExpression, number>()
  for (const { value } of ir.constants) numberChoices([value], numbers)
  for (const { body } of ir.operations) if (body) numberChoices([body], numbers)
  for (const cell of ir.cells) {
    for (const { value } of cell.lets) numberChoices([value], numbers)
    for (const { through } of cell.prepare) numberChoices([through], numbers)
    for (const node of cell.nodes) {
      for (const { value } of node.lets ?? []) numberChoices([value], numbers)
      numberChoices(node.project ? [node.through, node.project] : [node.through], numbers)
    }
    for (const { through } of cell.output.plus ?? []) numberChoices([through], numbers)
  }
  for (const space of ir.spaces) {
    const { height, width, channels } = space.input
    for (const root of [height, width, channels, space.classes]) numberChoices([root], numbers)
    for (const { value } of space.lets) numberChoices([value], numbers)
    for (const item of space.network) {
      switch (item.kind) {
        case 'stem':
          numberChoices(item.parts, numbers)
          break
        case 'stack':
          numberChoices([item.count, item.channels], numbers)
          break
        case 'stage':
          for (const { value } of item.lets) numberChoices([value], numbers)
          for (const root of [item.width, item.depth, item.stride, item.layer]) numberChoices([root], numbers)
          if (item.first) numberChoices([item.first], numbers)
          break
        case 'head':
          numberChoices([item.body], numbers)
      }
    }
  }
  return numbers
}
