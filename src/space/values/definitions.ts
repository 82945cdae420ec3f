import { Failure } from '../../catalogue/failure.js'
import type { ChoiceExpression } from '../../ir/model/expression.js'
import type { Ir, IrConstant } from '../../ir/model/ir.js'
import type { IrOperation } from '../../ir/model/operation.js'
import type { IrComponent } from '../../ir/model/search.js'
import type { IrCell, IrSpace } from '../../ir/model/space.js'
import type { ChoiceNumbers } from './environment.js'
import { numberChoices, type ScopeCounts } from './labels.js'

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
  // What operations choose once per space or stage may meet there, whoever uses them.
  const ofOperations: ScopeCounts = { space: new Map(), stage: new Map(), cell: new Map() }
  for (const { value } of ir.constants) numberChoices([value], numbers, 'any', ofOperations)
  for (const { body, parameters } of ir.operations) {
    const defaults = parameters.flatMap((parameter) => parameter.default ?? [])
    numberChoices(body ? [body, ...defaults] : defaults, numbers, 'any', ofOperations)
  }
  for (const { parameters } of ir.cells) {
    const defaults = parameters.flatMap((parameter) => parameter.default ?? [])
    numberChoices(defaults, numbers, 'space', ofOperations)
  }
  for (const cell of ir.cells) numberCell(cell, numbers, ofOperations)
  for (const space of ir.spaces) numberSpace(space, numbers, ofOperations)
  return numbers
}

function numberCell(cell: IrCell, numbers: Map<ChoiceExpression, number>, around: ScopeCounts): void {
  const counts: ScopeCounts = { ...around, cell: new Map(around.cell) }
  for (const { value } of cell.lets) numberChoices([value], numbers, 'cell', counts)
  for (const { through } of cell.prepare) numberChoices([through], numbers, 'own', counts)
  for (const node of cell.nodes) {
    const { from, through, project, overrides, lets = [] } = node
    const operations = from.kind === 'connections' ? [from.operations] : []
    numberChoices([...lets.map(({ value }) => value), ...operations], numbers, 'own', counts)
    if (from.kind !== 'connections') numberChoices([through, ...(project ? [project] : [])], numbers, 'own', counts)
    else if (project) numberChoices([project], numbers, 'own', counts)
    for (const { value } of overrides) numberChoices([value], numbers, 'cell', counts)
  }
  for (const { through } of cell.output.plus ?? []) numberChoices([through], numbers, 'cell', counts)
}

function numberSpace(space: IrSpace, numbers: Map<ChoiceExpression, number>, around: ScopeCounts): void {
  const counts: ScopeCounts = { ...around, space: new Map(around.space) }
  const { height, width, channels } = space.input
  for (const root of [height, width, channels, space.classes]) numberChoices([root], numbers, 'own', counts)
  for (const { value } of space.lets) numberChoices([value], numbers, 'space', counts)
  for (const use of space.cells) numberChoices(Object.values(use.arguments), numbers, 'space', counts)
  for (const item of space.network) {
    switch (item.kind) {
      case 'stem':
        numberChoices(item.parts, numbers, 'own', counts)
        break
      case 'stack':
        numberChoices([item.count, item.channels, ...item.exceptions.map(({ at }) => at)], numbers, 'space', counts)
        break
      case 'stage': {
        const inStage: ScopeCounts = { ...counts, stage: new Map(around.stage) }
        const own = [...item.lets.map(({ value }) => value), item.width, item.depth, item.stride]
        for (const root of own) numberChoices([root], numbers, 'stage', inStage)
        for (const root of [item.layer, ...(item.first ? [item.first] : [])])
          numberChoices([root], numbers, 'layer', inStage)
        break
      }
      case 'head':
        numberChoices([item.body], numbers, 'own', counts)
    }
  }
}
