import { cellUse, stackPlan, type CellInstance } from '../../space/network/build-network.js'
import type { Budget } from '../../space/limits/budget.js'
import type { StackItem } from '../../ir/model/space.js'
import type { StackProgress } from './cell/cell-progress.js'
import { cellLayers } from './cell/cell-layers.js'
import { cellTests, type CellTests } from './cell/cell-tests.js'
import type { Constraint } from '../diagram/constraint.js'
import { planCell, type CellPlan } from './cell/cell-plan.js'
import { possibleSelections, decisionTree, type SelectedOptions, type Selection } from '../diagram/decision-tree.js'
import { feasibleBranches } from '../diagram/feasible-branches.js'
import { reachOf, readsOfSpace } from './reach.js'
import { memoize } from '../../support/memoize.js'
import { currentMap } from './current-map.js'
import { outputsOf, readOutputs, withOutputs, type ReadOutputs } from './read-outputs.js'
import type { CellFrame } from './cell/cell-frame.js'
import { layOut, type StackLayout, type StackLayouts } from './stack-layout.js'
import { withSelections, type State } from '../diagram/state.js'
import type { Transition, Layer, AnalysisContext, OnMisfit } from '../diagram/layer.js'

/** What stands around a stack. */
export interface StackPlace {
  /** The image and a stem of one output are all that stands before it: it reads that output twice. */
  readonly imageStandsFirst: boolean
  /** Names of the cells in stacks before it, which may have settled their decisions. */
  readonly cellsBefore: ReadonlySet<string>
  /** Whether what follows may go without its newest output. */
  readonly mayBeLeftOut: boolean
}

/**
 * The layers of a stack of cells: first which cells it has and what their outputs take, then cell by cell its edges, from
 * the last node to the first. All copies of a cell go along at once, since their decisions are the same.
 *
 * @param place what stands around the stack
 */
export function stackLayers(
  context: AnalysisContext,
  stack: StackItem,
  constraints: readonly Constraint[],
  place: StackPlace,
): readonly Layer[] {
  const uses = cellsOfStack(stack)
  const plans = new Map(
    uses.map((name) => {
      const use = cellUse(context.space, name)
      const cell = context.ir.cells.find(({ id }) => id === use.cell)
      if (!cell) throw new Error(`${context.space.name} uses ${use.cell}, which is not in the IR`)
      return [name, planCell(context, use, cell)] as const
    }),
  )
  const cells = [...plans].map(([name, plan]) => {
    const asked = constraints.flatMap(({ cell, test }) => (cell === name ? [test] : []))
    return { plan, tests: cellTests(context, plan, asked) }
  })
  const layouts = stackLayouts(context, plans)
  const ofCells = cells.flatMap(({ plan, tests }) =>
    cellLayers(context, plan, layouts.chosen, tests, place.cellsBefore.has(plan.use.name)),
  )
  return [
    openingLayer(context, stack, cells, layouts, place),
    ...ofCells,
    closingLayer(context, stack, layouts, place.mayBeLeftOut),
  ]
}

interface TestedCell {
  readonly plan: CellPlan
  readonly tests: CellTests
}

/** How stacks may be laid out, by the cells that they have. */
interface KnownLayouts {
  /** A stack with these cells is about to be walked. */
  readonly plan: (name: string, copies: readonly CellInstance[]) => void
  readonly of: (state: State, progress: Omit<StackProgress, 'variant'>) => StackLayouts
  /** The layout of a stack that is walked. */
  readonly chosen: (state: State, progress: StackProgress) => StackLayout
}

function stackLayouts(context: AnalysisContext, plans: ReadonlyMap<string, CellPlan>): KnownLayouts {
  const stacks = new Map<string, readonly CellInstance[]>()
  /** By frames and maps, which states hand on to each other, then by plan. */
  const layouts = new WeakMap<StackProgress['frames'], WeakMap<State['maps'], Map<string, StackLayouts>>>()
  const of: KnownLayouts['of'] = ({ maps }, { plan, frames, outputs }) => {
    const ofFrames = layouts.get(frames) ?? new WeakMap<State['maps'], Map<string, StackLayouts>>()
    layouts.set(frames, ofFrames)
    const ofMaps = ofFrames.get(maps) ?? new Map<string, StackLayouts>()
    ofFrames.set(maps, ofMaps)
    const key = `${plan}, ${outputs}`
    const known = ofMaps.get(key)
    if (known) return known
    const copies = stacks.get(plan)
    if (!copies) throw new Error('a stack is planned before its cells are walked')
    const found = layOut(context, copies, plans, frames, maps, outputs)
    ofMaps.set(key, found)
    return found
  }
  return {
    plan: (name, copies) => void stacks.set(name, copies),
    of,
    chosen(state, progress) {
      const found = of(state, progress).layouts.find(({ variant }) => variant === progress.variant)
      if (!found) throw new Error('a stack that is walked is laid out')
      return found
    },
  }
}

/** Which cells the stack has, and what their outputs take. */
function openingLayer(
  context: AnalysisContext,
  stack: StackItem,
  cells: readonly TestedCell[],
  layouts: KnownLayouts,
  { imageStandsFirst, cellsBefore, mayBeLeftOut }: StackPlace,
): Layer {
  const reach = reachOf(
    context.ir,
    [stack.count, stack.channels, ...stack.exceptions.map(({ at }) => at)],
    context.space.lets,
  )
  const ofSpace = readsOfSpace(context, reach)
  const asksForArriving = reach.facts.has('in')
  const planning = memoize((key) =>
    decisionTree((decider) => stackPlan(context.environment(decider), context.space, stack, Number(key))),
  )
  const mayBeRead: readonly ReadOutputs[] = mayBeLeftOut ? readOutputs : ['newest']
  const nothing = context.quantities.map(() => 0)
  /** Every layout of a stack of these cells. */
  const laidOut = (copies: readonly CellInstance[], state: State, before: readonly Selection[], fail: OnMisfit) => {
    const expected = outputsOf(state)
    const plan = copies.map(({ use, channels }) => `${use.name} ${channels}`).join(' ')
    layouts.plan(plan, copies)
    const maps = imageStandsFirst ? state.maps.slice(1) : state.maps
    const there = cells.filter(({ plan: { use } }) => copies.some((copy) => copy.use.name === use.name))
    const selected = withSelections(state.selected, before)
    const settled = there.filter((cell) => isSettled(cell.plan, selected)).map((cell) => cell.plan.use.name)
    return framesOf(context.budget, there, selected).flatMap(({ frames, selections: ofOutputs }): Transition[] =>
      mayBeRead.flatMap((outputs): Transition[] => {
        const progress = { plan, frames, settled, outputs }
        const next: State = { maps, selected: withSelections(selected, ofOutputs) }
        const selections = [...before, ...ofOutputs]
        const found = layouts.of(next, progress)
        for (const failure of found.failures) fail(failure, selections)
        return found.layouts.flatMap(({ read, variant }): Transition[] => {
          if (expected !== undefined && expected !== read) return []
          return [{ state: { ...next, progress: { ...progress, variant } }, selections, costs: nothing }]
        })
      }),
    )
  }
  return {
    at: stack.name,
    transitions(state, fail) {
      const tree = planning(asksForArriving ? String(currentMap(state).channels) : '0')
      return feasibleBranches(tree, (path) => state.selected.get(path), fail).flatMap(({ selections, value }) =>
        laidOut(value, state, selections, fail),
      )
    },
    reads: (path) => ofSpace(path) || [...cellsBefore].some((name) => isOutput(path, name)),
    settles: (path) => context.space.cells.some(({ name }) => isOutput(path, name)),
  }
}

/** What follows sees the outputs of the stack. */
function closingLayer(
  { quantities }: AnalysisContext,
  stack: StackItem,
  layouts: KnownLayouts,
  mayBeLeftOut: boolean,
): Layer {
  const nothing = quantities.map(() => 0)
  return {
    at: stack.name,
    transitions: (state) => {
      const progress = state.progress as StackProgress
      const { maps } = layouts.chosen(state, progress)
      const { progress: _, ...left } = { ...state, maps }
      return [{ state: mayBeLeftOut ? withOutputs(left, progress.outputs) : left, selections: [], costs: nothing }]
    },
    reads: () => false,
  }
}

/** Names of the cells that a stack may have. */
export function cellsOfStack({ cell, exceptions }: StackItem): readonly string[] {
  return [...new Set([cell, ...exceptions.map((exception) => exception.cell)])]
}

/** Whether a stack before this one had the cell: then the inputs of its nodes are known. */
function isSettled(plan: CellPlan | undefined, selected: SelectedOptions): boolean {
  return plan?.nodes.some(({ decision }) => decision !== undefined && selected.has(decision.path)) ?? false
}

function isOutput(path: string, cell: string): boolean {
  return path.startsWith(`${cell}.output`) && /^\.output(\.plus\[\d+\])?$/.test(path.slice(cell.length))
}

interface CellFrames {
  readonly frames: Readonly<Record<string, CellFrame>>
  readonly selections: readonly Selection[]
}

/** More frames than this are not gone through. */
const mostFrames = 200_000
const frameThings = 'sets of nodes, inputs and outputs'

/** Everything that can be settled of the cells beforehand. What turns out otherwise later is dropped then. */
function framesOf(
  budget: Budget,
  cells: readonly { readonly plan: CellPlan; readonly tests: CellTests }[],
  selected: SelectedOptions,
): readonly CellFrames[] {
  let all: readonly CellFrames[] = [{ frames: {}, selections: [] }]
  for (const { plan, tests } of cells) {
    budget.enter(plan.use.name)
    const own = framesOfCell(budget, plan, selected).filter(({ frame }) => tests.admits(frame))
    budget.demandRoom(all.length * own.length, mostFrames, frameThings)
    all = all.flatMap(({ frames, selections }) =>
      own.map((one) => ({
        frames: { ...frames, [plan.use.name]: one.frame },
        selections: [...selections, ...one.selections],
      })),
    )
  }
  return all
}

function framesOfCell(
  budget: Budget,
  { cell, nodes, terms, surelyUsed }: CellPlan,
  selected: SelectedOptions,
): readonly {
  readonly frame: CellFrame
  readonly selections: readonly Selection[]
}[] {
  const presents = presentNodes(budget, cell.inputs, nodes)
  const inputs = subsetsOf(cell.inputs, [...surelyUsed]).filter(({ length }) => length > 0)
  let choices: readonly {
    readonly chosen: readonly (readonly string[])[]
    readonly selections: readonly Selection[]
  }[] = [{ chosen: [], selections: [] }]
  for (const { names: members, decision } of terms) {
    choices = choices.flatMap(({ chosen, selections }) => {
      if (!decision) return [{ chosen: [...chosen, members], selections }]
      const settled = selected.get(decision.path)
      return (settled ? [settled] : possibleSelections(decision)).map((options) => ({
        chosen: [...chosen, options.flatMap((option) => members[option] ?? [])],
        selections: settled ? selections : [...selections, { decision, options }],
      }))
    })
  }
  budget.demandRoom(choices.length * presents.length * inputs.length, mostFrames, frameThings)
  return choices.flatMap(({ chosen, selections }) =>
    presents.flatMap((present) => {
      const isThere = (name: string): boolean => cell.inputs.includes(name) || present.includes(name)
      const there = chosen.map((list) => list.filter(isThere))
      return inputs.map((used) => ({
        frame: { chosen: there, asked: [...new Set(chosen.flat())], present, inputs: used },
        selections,
      }))
    }),
  )
}

/** All subsets that hold some names, in the order of the names. */
function subsetsOf(names: readonly string[], always: readonly string[]): readonly (readonly string[])[] {
  return names.reduce<readonly (readonly string[])[]>(
    (sets, name) =>
      always.includes(name) ? sets.map((set) => [...set, name]) : sets.flatMap((set) => [set, [...set, name]]),
    [[]],
  )
}

/** Sets of nodes that can be the ones that read something, node by node: sources stand before what reads them. */
function presentNodes(
  budget: Budget,
  inputs: readonly string[],
  nodes: CellPlan['nodes'],
): readonly (readonly string[])[] {
  let sets: readonly (readonly string[])[] = [[]]
  for (const { name, sources, decision, operations } of nodes) {
    const each = operations?.length ?? 1
    sets = sets.flatMap((set) => {
      const absent = sources.filter((source) => !inputs.includes(source) && !set.includes(source)).length
      if (absent === sources.length) return [set]
      const isSure = !decision || (decision.arity?.least ?? 0) > absent * each
      return isSure ? [[...set, name]] : [set, [...set, name]]
    })
    budget.spend(sets.length)
    budget.demandRoom(sets.length, mostFrames, frameThings)
  }
  return sets
}
