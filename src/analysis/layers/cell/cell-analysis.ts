import { withSelections, type State } from '../../diagram/state.js'
import type { AnalysisContext, Layer, OnMisfit, Transition } from '../../diagram/layer.js'
import type { Selection } from '../../diagram/decision-tree.js'
import type { StackLayout } from '../stack-layout.js'
import type { CellFrame, InstanceGroup } from './cell-frame.js'
import type { CellPlan } from './cell-plan.js'
import { namesWith, type CellProgress, type StackProgress } from './cell-progress.js'
import type { CellTests } from './cell-tests.js'
import { instanceParts, type PartsOf } from './instance-parts.js'

/** A cell of a space under analysis: what its layers have in common. */
export interface CellAnalysis {
  readonly context: AnalysisContext
  readonly plan: CellPlan
  readonly tests: CellTests
  readonly layoutOf: (state: State, progress: StackProgress) => StackLayout
  /** Parts of the cell; equal ones are built once. */
  readonly partsOf: PartsOf
  /** Adds a name to names. Equal lists are one object, since states are compared by their parts. */
  readonly withName: ReturnType<typeof namesWith>
  readonly noCosts: readonly number[]
  /** Whether a stack before this one may have settled the decisions of the cell. */
  readonly isRepeated: boolean
}

export function createCellAnalysis(
  context: AnalysisContext,
  plan: CellPlan,
  layoutOf: CellAnalysis['layoutOf'],
  tests: CellTests,
  isRepeated: boolean,
): CellAnalysis {
  const noCosts = context.quantities.map(() => 0)
  return { context, plan, tests, layoutOf, partsOf: instanceParts(noCosts), withName: namesWith(), noCosts, isRepeated }
}

/** A state between two layers of a cell, and what the layers ask of it. */
export interface CellState {
  readonly state: State
  readonly progress: StackProgress
  readonly cell: CellProgress
  readonly groups: readonly InstanceGroup[]
  readonly frame: CellFrame
  /** Whether the inputs of its nodes are known from a stack before this one. */
  readonly isSettled: boolean
}

/** Undefined where the stack has no instance of the cell. */
function cellStateOf({ plan, tests, layoutOf }: CellAnalysis, state: State): CellState | undefined {
  const use = plan.use.name
  // Layers of a cell only ever follow the opening of their stack, which leaves this behind.
  const progress = state.progress as StackProgress
  const frame = progress.frames[use]
  if (!frame) return undefined
  const groups = layoutOf(state, progress).groups.get(use) ?? []
  return {
    state,
    progress,
    cell: progress.cell ?? tests.start(frame),
    groups,
    frame,
    isSettled: progress.settled.includes(use),
  }
}

/** A layer of a cell as a function of where the cell stands; a stack without the cell passes through it unchanged. */
export function cellLayer(
  analysis: CellAnalysis,
  {
    transitions,
    ...layer
  }: Omit<Layer, 'transitions'> & {
    readonly transitions: (now: CellState, fail: OnMisfit) => readonly Transition[]
  },
): Layer {
  return {
    ...layer,
    transitions(state, fail) {
      const now = cellStateOf(analysis, state)
      return now ? transitions(now, fail) : [{ state, selections: [], costs: analysis.noCosts }]
    },
  }
}

/** A transition to a cell that has got this far; undefined: the cell is left. */
export function transitionTo(
  { state, progress }: CellState,
  cell: CellProgress | undefined,
  selections: readonly Selection[],
  costs: readonly number[],
): Transition {
  const { cell: _, ...rest } = progress
  const next: StackProgress = cell ? { ...rest, cell } : rest
  return {
    state: { ...state, selected: withSelections(state.selected, selections), progress: next },
    selections,
    costs,
  }
}
