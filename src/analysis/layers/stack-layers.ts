import { cellUse, stackPlan, type CellCopy } from '../../space/network/build-network.js'
import type { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { ElaborationFailure as Mismatch } from '../../space/values/elaboration-failure.js'
import type { StackItem } from '../../ir/model/space.js'
import type { StackProgress } from './cell-progress.js'
import { cellSteps } from './cell-layers.js'
import { cellTests, type CellTests } from './cell-tests.js'
import type { Constraint } from '../diagram/constraint.js'
import { planCell, type CellPlan } from './cell-plan.js'
import { answersOf, decisionTree, type Taken } from '../diagram/decision-tree.js'
import { fittingWays } from '../diagram/feasible-branches.js'
import { readsOfSpace } from './network-layers.js'
import { reachOf } from './reach.js'
import { layOut, type CellFrame, type StackLayout } from './stack-layout.js'
import { withAnswers, type State } from '../diagram/state.js'
import type { Move, Step, Walk } from '../diagram/layer.js'

/**
 * The steps of a stack of cells: first which cells it has and what their outputs take, then cell by cell its edges, from
 * the last node to the first. All copies of a cell go along at once, since their decisions are the same.
 */
export function stackSteps(
  walk: Walk,
  stack: StackItem,
  imageStandsFirst: boolean,
  constraints: readonly Constraint[],
): readonly Step[] {
  const reach = reachOf(
    walk.ir,
    [stack.count, stack.channels, ...stack.exceptions.map(({ at }) => at)],
    walk.space.lets,
  )
  const ofSpace = readsOfSpace(walk, reach)
  const tree = decisionTree((decider) => stackPlan(walk.environment(decider), walk.space, stack))
  const uses = [...new Set([stack.cell, ...stack.exceptions.map(({ cell }) => cell)])]
  const plans = new Map(
    uses.map((name) => {
      const use = cellUse(walk.space, name)
      const cell = walk.ir.cells.find(({ id }) => id === use.cell)
      if (!cell) throw new Error(`${walk.space.name} uses ${use.cell}, which is not in the IR`)
      return [name, planCell(walk, use, cell)] as const
    }),
  )
  const cells = [...plans].map(([name, plan]) => {
    const asked = constraints.flatMap(({ cell, test }) => (cell === name ? [test] : []))
    return { plan, tests: cellTests(walk, plan, asked) }
  })
  const stacks = new Map<string, readonly CellCopy[]>()
  /** By frames and maps, which states hand on to each other, then by plan. */
  const layouts = new WeakMap<StackProgress['frames'], WeakMap<State['maps'], Map<string, StackLayout>>>()

  const layoutOf = ({ maps }: State, { plan, frames }: StackProgress): StackLayout => {
    const ofFrames = layouts.get(frames) ?? new WeakMap<State['maps'], Map<string, StackLayout>>()
    layouts.set(frames, ofFrames)
    const ofMaps = ofFrames.get(maps) ?? new Map<string, StackLayout>()
    ofFrames.set(maps, ofMaps)
    const known = ofMaps.get(plan)
    if (known) return known
    const copies = stacks.get(plan)
    if (!copies) throw new Error('a stack is planned before its cells are walked')
    const layout = layOut(walk, copies, plans, frames, maps)
    ofMaps.set(plan, layout)
    return layout
  }
  const nothing = walk.quantities.map(() => 0)

  const open: Step = {
    at: stack.name,
    moves(state, fail) {
      const maps = imageStandsFirst ? state.maps.slice(1) : state.maps
      return fittingWays(tree, (path) => state.answers.get(path), fail).flatMap(({ taken, value: copies }): Move[] => {
        const plan = copies.map(({ use, channels }) => `${use.name} ${channels}`).join(' ')
        stacks.set(plan, copies)
        const there = cells.filter(({ plan: { use } }) => copies.some((copy) => copy.use.name === use.name))
        const before = { maps, answers: withAnswers(state.answers, taken) }
        return framesOf(there).flatMap(({ frames, taken: outputs }): Move[] => {
          const progress: StackProgress = { plan, frames }
          const next: State = { ...before, answers: withAnswers(before.answers, outputs), progress }
          if (!fits(() => layoutOf(next, progress), fail)) return []
          return [{ state: next, taken: [...taken, ...outputs], costs: nothing }]
        })
      })
    },
    reads: ofSpace,
    settles: (path) =>
      walk.space.cells.some(({ name }) => new RegExp(`^${name}\\.output(\\.plus\\[\\d+\\])?$`).test(path)),
  }
  const close: Step = {
    at: stack.name,
    moves: (state) => {
      const { maps } = layoutOf(state, state.progress as StackProgress)
      return [{ state: { maps, answers: state.answers }, taken: [], costs: nothing }]
    },
    reads: () => false,
  }
  return [open, ...cells.flatMap(({ plan, tests }) => cellSteps(walk, plan, layoutOf, tests)), close]
}

function fits(layOut: () => unknown, fail: (failure: ElaborationFailure) => void): boolean {
  try {
    layOut()
    return true
  } catch (failure) {
    if (!(failure instanceof Mismatch)) throw failure
    fail(failure)
    return false
  }
}

interface Framed {
  readonly frames: Readonly<Record<string, CellFrame>>
  readonly taken: readonly Taken[]
}

/** Everything that can be settled of the cells beforehand. What turns out otherwise later is dropped then. */
function framesOf(cells: readonly { readonly plan: CellPlan; readonly tests: CellTests }[]): readonly Framed[] {
  let all: readonly Framed[] = [{ frames: {}, taken: [] }]
  for (const { plan, tests } of cells) {
    const own = framesOfCell(plan).filter(({ frame }) => tests.admits(frame))
    all = all.flatMap(({ frames, taken }) =>
      own.map((one) => ({ frames: { ...frames, [plan.use.name]: one.frame }, taken: [...taken, ...one.taken] })),
    )
  }
  return all
}

function framesOfCell({ cell, nodes, terms, allPresent, surelyUsed }: CellPlan): readonly {
  readonly frame: CellFrame
  readonly taken: readonly Taken[]
}[] {
  const names = nodes.map(({ name }) => name)
  const presents = allPresent
    ? [names]
    : subsetsOf(names, []).filter((present) => isPossible(cell.inputs, nodes, present))
  const inputs = subsetsOf(cell.inputs, [...surelyUsed]).filter(({ length }) => length > 0)
  let choices: readonly { readonly chosen: readonly (readonly string[])[]; readonly taken: readonly Taken[] }[] = [
    { chosen: [], taken: [] },
  ]
  for (const { names: members, decision } of terms) {
    choices = choices.flatMap(({ chosen, taken }) => {
      if (!decision) return [{ chosen: [...chosen, members], taken }]
      return answersOf(decision).map((options) => ({
        chosen: [...chosen, options.flatMap((option) => members[option] ?? [])],
        taken: [...taken, { decision, options }],
      }))
    })
  }
  return choices.flatMap(({ chosen, taken }) =>
    presents.flatMap((present) => {
      const isThere = (name: string): boolean => cell.inputs.includes(name) || present.includes(name)
      const there = chosen.map((list) => list.filter(isThere))
      return inputs.map((used) => ({
        frame: { chosen: there, asked: [...new Set(chosen.flat())], present, inputs: used },
        taken,
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

/** Whether these nodes can be the ones that read something. */
function isPossible(inputs: readonly string[], nodes: CellPlan['nodes'], present: readonly string[]): boolean {
  return nodes.every(({ name, sources, decision }) => {
    const reads = sources.some((source) => inputs.includes(source) || present.includes(source))
    return decision ? reads || !present.includes(name) : reads === present.includes(name)
  })
}
