import { Failure } from '../../catalogue/failure.js'
import type { ChoiceExpression, Expression } from '../../ir/model/expression.js'
import type { Ir, IrConstant } from '../../ir/model/ir.js'
import type { IrOperation, IrParameter } from '../../ir/model/operation.js'
import type { IrComponent } from '../../ir/model/search.js'
import type { IrCell, IrLet, IrSpace, StageItem } from '../../ir/model/space.js'
import { networkConstants } from './network-constants.js'
import {
  numberChoices,
  type ChoiceNumbers,
  type NumberedText,
  type ScopeCounts,
  type TextScope,
} from './choice-numbers.js'

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
  for (const { body, parameters } of ir.operations) {
    const roots = [...(body ? [body] : []), ...defaultsOf(parameters)]
    numberChoices(numbers, { roots, stands: 'any', counts: ofOperations })
  }
  const around = {
    ofOperations,
    counts: { space: new Map(ofOperations.space), cell: ofOperations.cell ?? new Map<string, number>() },
  }
  const isOfNetworks = networkConstants(ir)
  for (const constant of ir.constants)
    if (isOfNetworks.has(constant.id)) numberLets(numbers, [constant], 'space', around)
  for (const { parameters } of ir.cells)
    numberChoices(numbers, { roots: defaultsOf(parameters), stands: 'space', ...around })
  for (const cell of ir.cells) numberCell(cell, numbers, around)
  const ofSpaces = ir.spaces.map((space) => numberSpace(space, numbers, around))
  // Behind all others: what only a `require` or a search speaks of gives no other choice another path.
  const behind = { ...around, counts: { ...around.counts, space: greatestOf([around.counts.space, ...ofSpaces]) } }
  for (const constant of ir.constants)
    if (!isOfNetworks.has(constant.id)) numberLets(numbers, [constant], 'space', behind)
  return numbers
}

type ScopesAround = Required<Pick<NumberedText, 'counts' | 'ofOperations'>>

function greatestOf(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const greatest = new Map<string, number>()
  for (const [path, count] of counts.flatMap((each) => [...each]))
    greatest.set(path, Math.max(count, greatest.get(path) ?? 0))
  return greatest
}

function defaultsOf(parameters: readonly IrParameter[]): readonly Expression[] {
  return parameters.flatMap((parameter) => parameter.default ?? [])
}

/** A `let` that is a choice itself is named after it; others have their name in front of what is chosen in them. */
function numberLets(
  numbers: Map<ChoiceExpression, number>,
  lets: readonly IrLet[],
  stands: TextScope,
  around: ScopesAround,
): void {
  for (const { name, value } of lets) {
    const within = value.kind === 'choice' ? '' : name
    numberChoices(numbers, { roots: [value], stands, within, ...around })
  }
}

function numberCell(cell: IrCell, numbers: Map<ChoiceExpression, number>, outside: ScopesAround): void {
  const around = { ...outside, counts: { ...outside.counts, cell: new Map(outside.counts.cell) } }
  const number = (roots: readonly Expression[], stands: TextScope): void => {
    numberChoices(numbers, { roots, stands, ...around })
  }
  numberLets(numbers, cell.lets, 'cell', around)
  for (const { through } of cell.prepare) number([through], 'own')
  for (const node of cell.nodes) {
    const { from, through, project, overrides, lets = [] } = node
    const operations = from.kind === 'connections' ? [from.operations] : []
    number([...lets.map(({ value }) => value), ...operations], 'own')
    if (from.kind !== 'connections') number([through], 'own')
    // Made once in the cell, as the strides of edges are.
    number([...(project ? [project] : []), ...overrides.map(({ value }) => value)], 'cell')
  }
  for (const { through } of cell.output.plus ?? []) number([through], 'cell')
}

/** @returns how many choices of each path there are at the level of the space */
function numberSpace(
  space: IrSpace,
  numbers: Map<ChoiceExpression, number>,
  outside: ScopesAround,
): ReadonlyMap<string, number> {
  const around = { ...outside, counts: { ...outside.counts, space: new Map(outside.counts.space) } }
  const number = (roots: readonly Expression[], stands: TextScope): void => {
    numberChoices(numbers, { roots, stands, ...around })
  }
  const { height, width, channels } = space.input
  numberLets(numbers, space.lets, 'space', around)
  number([height, width, channels, space.classes], 'space')
  for (const use of space.cells) number(Object.values(use.arguments), 'space')
  for (const item of space.network) {
    switch (item.kind) {
      case 'stem':
        number(item.parts, 'own')
        break
      case 'stack':
        number([item.count, item.channels, ...item.exceptions.map(({ at }) => at)], 'space')
        break
      case 'stage':
        numberStage(item, numbers, around)
        break
      case 'head':
        number([item.body], 'own')
    }
  }
  return around.counts.space
}

function numberStage(stage: StageItem, numbers: Map<ChoiceExpression, number>, outside: ScopesAround): void {
  const { ofOperations } = outside
  const around = { ofOperations, counts: { ...outside.counts, stage: new Map(ofOperations.stage) } }
  numberLets(numbers, stage.lets, 'stage', around)
  numberChoices(numbers, { roots: [stage.width, stage.depth, stage.stride], stands: 'stage', ...around })
  for (const root of [stage.layer, ...(stage.first ? [stage.first] : [])])
    numberChoices(numbers, { roots: [root], stands: 'layer', ...around })
}
