import type { Budget } from '../../space/limits/budget.js'
import type { Decision } from '../../space/decisions/decision.js'
import { Failure } from '../../catalogue/failure.js'
import { formatCount } from '../../support/format-quantity.js'
import { addPlace, startOf, type Aggregate, type AggregatePlace } from './aggregate.js'
import type { Constraint } from './constraint.js'
import type { PartialArchitecture } from './partial-architecture.js'
import { constraintSchedule, type ConstraintSchedule } from './constraint-schedule.js'
import type { Arc, CompiledLayer, Diagram } from './diagram.js'
import { withoutDeadEnds } from './dead-ends.js'
import type { Layer, Misfit, OnMisfit, Transition } from './layer.js'
import { restricted } from './restrict.js'
import { stateKeys, type State } from './state.js'
import { stateIndex } from './state-index.js'
import { decisionsUnder, unequalAmong, withNeededVariants, withVariants } from './variants.js'

/** More states between two parts of a network than this are usually too many to go through. */
export const usualStates = 50_000
/** As many transitions of one layer, and arcs of a whole diagram, are held at most: about a gigabyte. */
const mostTransitions = 1_000_000
const mostArcs = 4_000_000

export interface DiagramLimits {
  /** Gives up at more states than this between two parts of the network. */
  readonly mostStates?: number
  /**
   * Goes on with no more states than this, spread evenly over all of them: a narrow diagram, which holds some of the
   * architectures only.
   */
  readonly width?: number
}

/**
 * Compiles the diagram from its first layer to its last, all architectures at once. Behind each layer, states that agree in
 * all that matters later are merged; a restriction is tested as soon as its decisions are settled.
 *
 * @throws Failure NAS6131 if decisions hang together over so much of the network that there are too many states, NAS6143 if those of a cell of
 *         several stacks do; NAS6139 and NAS6140 where a layer takes more time or memory than the budget allows
 */
export function compileDiagram(
  budget: Budget,
  layers: readonly Layer[],
  constraints: readonly Constraint[],
  { mostStates = usualStates, width = Infinity }: DiagramLimits = {},
): Diagram {
  const compilation: Compilation = {
    budget,
    mostStates,
    schedule: constraintSchedule(layers, constraints),
    decisions: new Map(),
    misfits: new Map(),
    forgotten: new Set(),
    keyOf: stateKeys(),
    repeatedCells: repeatedIn(layers.flatMap(({ cell }) => cell ?? [])),
  }
  const compiled: CompiledLayer[] = []
  const { aggregates } = compilation.schedule
  const starts = new Map(aggregates.map((aggregate) => [aggregate.key, startOf(aggregate)]))
  let states: readonly State[] = [
    { maps: [], selected: new Map(), ...(aggregates.length === 0 ? {} : { aggregates: starts }) },
  ]
  let arcCount = 0
  layers.forEach((layer, index) => {
    budget.enter(layer.at)
    const { arcs, next } = compileLayer(compilation, layer, index, states)
    arcCount += arcs.length
    budget.demandRoom(arcCount, mostArcs, 'arcs')
    const narrow = restricted({ at: layer.at, arcs, states: states.length, next: next.length }, width)
    states = next.filter((_, state) => narrow.kept(state))
    compiled.push({ ...narrow.layer, outputs: states.map(({ maps }) => maps.at(-1)) })
  })
  const { decisions, misfits } = compilation
  return { layers: withoutDeadEnds(compiled), terminals: states, decisions, misfits: [...misfits.values()] }
}

/** What the layers of a diagram have in common while they are compiled. */
interface Compilation {
  readonly budget: Budget
  readonly mostStates: number
  readonly schedule: ConstraintSchedule
  readonly decisions: Map<string, Decision>
  readonly misfits: Map<string, Misfit>
  /** Paths of decisions that states no longer hold. */
  readonly forgotten: Set<string>
  readonly keyOf: (state: State) => string
  /** Cells of several stacks: what is chosen in one of them is remembered until the last. */
  readonly repeatedCells: readonly string[]
}

function compileLayer(
  compilation: Compilation,
  layer: Layer,
  index: number,
  states: readonly State[],
): { readonly arcs: readonly Arc[]; readonly next: readonly State[] } {
  const { budget, schedule, decisions, misfits, forgotten, mostStates } = compilation
  const fail: OnMisfit = (failure, selections) => {
    misfits.set(`${failure.path}\n${failure.what}`, { failure, selections })
  }
  let count = 0
  const transitions = states.map((state) => {
    const found = layer.transitions(state, fail)
    count += found.length
    budget.spend(1 + found.length)
    budget.demandRoom(count, mostTransitions, 'transitions')
    return found
  })
  const settled = settledIn(transitions.flat())
  for (const decision of settled) if (!decisions.has(decision.path)) decisions.set(decision.path, decision)
  const due = schedule.dueAt(index)
  const added = schedule.placesAt(index)
  const isNeeded = (path: string): boolean => schedule.isNeededAfter(index, path)
  const behind = stateIndex(compilation.keyOf)
  const arcs: Arc[] = []
  transitions.forEach((list, from) => {
    for (const { state, selections, costs, operations } of list) {
      assertOpen(compilation, layer, states[from], selections)
      budget.spend(1 + due.length + added.length)
      const unequal = unequalAmong(states[from], selections, decisions)
      if (unequal) {
        fail(unequal, selections)
        continue
      }
      const variants = withVariants(states[from], selections, decisions)
      const here = decisionsUnder(variants, decisions)
      const aggregates = addedUp(states[from], added, { ...state, decisions: here })
      const known = aggregates ? { ...state, aggregates } : state
      if (!due.every((constraint) => constraint.holds({ ...known, decisions: here }))) continue
      const left = withNeeded(withNeededVariants(known, variants, isNeeded), isNeeded)
      const kept = withAggregates(left, (key) => schedule.isAggregateNeededAfter(index, key))
      arcs.push({ from, to: behind.numberOf(kept), selections, costs, ...(operations ? { operations } : {}) })
      if (behind.states.length > mostStates || arcs.length > 4 * mostStates) {
        throw tooManyStates(compilation, layer, kept)
      }
    }
  })
  for (const { path } of settled) if (!isNeeded(path)) forgotten.add(path)
  return { arcs, next: behind.states }
}

function repeatedIn(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) < index)
}

function tooManyStates({ mostStates, repeatedCells }: Compilation, { at: place }: Layer, { selected }: State): Failure {
  const states = formatCount(mostStates)
  const cell = repeatedCells.find((name) => [...selected.keys()].some((path) => path.startsWith(`${name}.`)))
  return cell === undefined
    ? new Failure('too-entangled', { place, states })
    : new Failure('cell-of-several-stacks', { place, states, cell })
}

function settledIn(transitions: readonly Transition[]): ReadonlySet<Decision> {
  const found = new Set<Decision>()
  for (const { selections } of transitions) for (const { decision } of selections) found.add(decision)
  return found
}

/** Layers tell what they read: a decision that one asks for all the same would be settled twice on one path. */
function assertOpen(
  { forgotten }: Compilation,
  layer: Layer,
  before: State | undefined,
  selections: Transition['selections'],
): void {
  for (const { decision, partial } of selections) {
    if (!partial && forgotten.has(decision.path) && !before?.selected.has(decision.path))
      throw new Error(`${decision.path} is asked for at ${layer.at}, where it was thought to be settled`)
  }
}

/** The aggregates of a state with places whose decisions are all settled. */
function addedUp(
  before: State | undefined,
  places: readonly (readonly [Aggregate, AggregatePlace])[],
  known: PartialArchitecture,
): State['aggregates'] {
  if (!before?.aggregates || places.length === 0) return before?.aggregates
  const sums = new Map(before.aggregates)
  for (const [aggregate, place] of places) {
    const sum = sums.get(aggregate.key)
    if (sum !== undefined) sums.set(aggregate.key, addPlace(aggregate, sum, place, known))
  }
  return sums
}

function withAggregates(state: State, isNeeded: (key: string) => boolean): State {
  const { aggregates, ...rest } = state
  if (!aggregates || [...aggregates.keys()].every(isNeeded)) return state
  const left = [...aggregates].filter(([key]) => isNeeded(key))
  return left.length === 0 ? rest : { ...rest, aggregates: new Map(left) }
}

function withNeeded(state: State, isNeeded: (path: string) => boolean): State {
  if ([...state.selected.keys()].every(isNeeded)) return state
  return { ...state, selected: new Map([...state.selected].filter(([path]) => isNeeded(path))) }
}
