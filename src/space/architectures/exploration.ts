import type { Ir } from '../../ir/model/ir.js'
import { elaborate, type BuildOptions } from '../network/build-network.js'
import { budgetOf, buildUnits } from '../limits/budget.js'
import { spaceOf } from '../expressions/definitions.js'
import { hasSameOptions } from '../binding/reached-decisions.js'
import { createDecider } from '../binding/create-decider.js'
import { type ReachedDecision } from '../decisions/decider.js'
import { type EnclosingOptions } from '../decisions/decider.js'
import type { Binding, Bound } from '../decisions/binding.js'
import type { Decision } from '../decisions/decision.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printValue } from '../evaluation/print-value.js'

/** A decision of a space and when it exists. */
export interface ExploredDecision {
  readonly decision: Decision
  /**
   * The decisions it hangs on: it exists only if each of them takes one of these options (of several inputs: if one of
   * these is among them). Empty: it always exists.
   */
  readonly gates: ReadonlyMap<string, ReadonlySet<number>>
}

/** The decisions of a space as far as builds that vary one value at a time tell. */
export interface Exploration {
  readonly decisions: readonly ExploredDecision[]
  /**
   * Whether they surely are all decisions, and their gates say exactly when each exists: no two values have to come together
   * for one of them.
   */
  readonly isExact: boolean
  /**
   * Whether every combination surely can be built as well: alternatives were all built side by side, no number was left
   * untried, and no set of inputs can be empty.
   */
  readonly isBuildable: boolean
}

export type ExploreOptions = Pick<BuildOptions, 'params' | 'input' | 'classes'>

/** Explorations that were asked for before: every architecture of a program is matched against the same one. */
const explorations = new WeakMap<Ir, ReadonlyMap<string, Exploration>>()

/**
 * Finds all decisions of a space by building it. Choices between operations and of inputs are built all at once; what
 * stands inside of an alternative hangs on it. A choice between values may decide which others exist (the depth,
 * `if expand > 1 then one of …`); where it does, each of its options is tried, with the others as they were when it was first
 * met.
 *
 * @throws ElaborationFailure if the space cannot be built at all; Failure NAS6139 if the time of the program's budget is over
 */
export function explore(ir: Ir, space: string, options: ExploreOptions): Exploration {
  const params = Object.entries(options.params).map(([name, value]) => `${name}=${printValue(value)}`)
  const key = [space, ...params.sort(), JSON.stringify([options.input, options.classes])].join('\n')
  const known = explorations.get(ir)?.get(key)
  if (known) return known
  const found = visitAll(ir, space, options)
  explorations.set(ir, new Map(explorations.get(ir)).set(key, found))
  return found
}

/** One build: which values were taken other than the first ones, and what was met. */
interface Visit {
  readonly taken: ReadonlyMap<string, number>
  /** Decisions that may decide which others there are, with how often each did. */
  readonly steered: ReadonlyMap<string, number> | 'any'
  readonly steeredTogether: boolean
  readonly reached: ReadonlyMap<string, ReachedDecision>
  /** False if some shapes did not fit, so that not everything was met. */
  readonly complete: boolean
}

/** A build from which choices between values are varied one at a time: visits by path and option. */
interface Base {
  readonly visit: Visit
  readonly trials: ReadonlyMap<string, ReadonlyMap<number, Visit>>
}

function visitAll(ir: Ir, space: string, options: ExploreOptions): Exploration {
  const declaration = spaceOf(ir, space)
  const budget = budgetOf(ir)
  budget.enter(declaration.name)
  const visit = (taken: ReadonlyMap<string, number>): Visit => {
    const binding: Binding = (decision) => exploring(decision, taken.get(decision.path))
    const decider = createDecider(binding)
    let complete = true
    budget.spend(buildUnits)
    try {
      elaborate(ir, declaration, { ...options, binding, mode: 'standalone', outline: true }, decider)
    } catch (failure) {
      // Some options may not fit the first ones of the others; what was met on the way counts all the same.
      if (taken.size === 0 || !(failure instanceof ElaborationFailure)) throw failure
      complete = false
    }
    const { steered, steeredTogether, reached } = decider
    return { taken, steered, steeredTogether, reached, complete }
  }

  const bases: Base[] = []
  const isKnown = (path: string): boolean => bases.some((base) => base.visit.reached.has(path))

  let next: Visit | undefined = visit(new Map())
  while (next) {
    const { taken, steered, reached } = next
    const trials = new Map<string, ReadonlyMap<number, Visit>>()
    for (const [path, { decision }] of reached) {
      if (!isOfValues(decision) || !(steered === 'any' || steered.has(path))) continue
      const visits = new Map([[taken.get(path) ?? 0, next]])
      for (let option = 0; option < decision.options.length; option++) {
        if (!visits.has(option)) visits.set(option, visit(new Map(taken).set(path, option)))
      }
      trials.set(path, visits)
    }
    bases.push({ visit: next, trials })
    next = furtherBase(visit, bases, isKnown)
  }

  const found = new Map<string, ExploredDecision>()
  for (const base of bases) {
    for (const [path, reached] of base.visit.reached) {
      if (!found.has(path)) found.set(path, { decision: reached.decision, gates: gatesOf(path, reached, base) })
    }
  }
  const decisions = [...found.values()]
  const isExact = bases.every(isInformative) && bases.every((base) => gatesAreExact(base))
  const isBuildable = decisions.every(({ decision }) => !isVaried(decision) && (decision.arity?.least ?? 1) > 0)
  return { decisions, isExact, isBuildable: isExact && isBuildable }
}

/** Whether its trials tell all: no value steers together with another one, or where another one takes some option only. */
function isInformative({ visit, trials }: Base): boolean {
  const tried = [...trials].flatMap(([path, visits]) => [...visits.values()].map((each) => [path, each] as const))
  return [['', visit] as const, ...tried].every(
    ([path, each]) =>
      each.complete && hasOptionsOf(each, visit) && !each.steeredTogether && steersLike(each, visit, path),
  )
}

/**
 * Whether the same decisions steer in two visits, and all but the varied one as often: a layer that is there under one value of
 * a depth only may hang on a switch which the layers before it never needed.
 */
function steersLike({ steered }: Visit, { steered: other }: Visit, varied: string): boolean {
  if (steered === 'any' || other === 'any' || steered.size !== other.size) return false
  return [...steered].every(([path, uses]) => (path === varied ? other.has(path) : other.get(path) === uses))
}

/** Whether every decision that both met has the same options: where one says what another may take, there is no product. */
function hasOptionsOf({ reached }: Visit, { reached: other }: Visit): boolean {
  return [...reached].every(([path, { decision, isVariable }]) => {
    const before = other.get(path)?.decision
    return !isVariable && (!before || hasSameOptions(before, decision))
  })
}

/** Whether what a decision hangs on is told by its gates: one value at most, and alternatives that all must be taken. */
function gatesAreExact({ visit, trials }: Base): boolean {
  return [...visit.reached].every(([path, { contexts }]) => {
    const values = [...trials].filter(
      ([gate, visits]) => gate !== path && [...visits.values()].some(({ reached }) => !reached.has(path)),
    )
    return values.length <= 1 && isProduct(contexts)
  })
}

/** Whether contexts are all combinations of some options of the same decisions, or one of them is no alternative at all. */
function isProduct(contexts: readonly EnclosingOptions[]): boolean {
  if (contexts.some((context) => context.length === 0)) return true
  const options = new Map<string, Set<number>>()
  for (const context of contexts) {
    for (const { path, option } of context) options.set(path, (options.get(path) ?? new Set()).add(option))
  }
  const combinations = [...options.values()].reduce((product, { size }) => product * size, 1)
  return contexts.every(({ length }) => length === options.size) && contexts.length === combinations
}

/**
 * A build that meets a decision which no base has met: the newest base with every value that opens most decisions, or
 * else a trial that met one.
 */
function furtherBase(
  visit: (taken: ReadonlyMap<string, number>) => Visit,
  bases: readonly Base[],
  isKnown: (path: string) => boolean,
): Visit | undefined {
  const isNew = ({ reached }: Visit): boolean => [...reached.keys()].some((path) => !isKnown(path))
  const newest = bases.at(-1)
  if (!newest) return undefined
  const taken = new Map(newest.visit.taken)
  for (const [path, visits] of newest.trials) {
    let most = newest.visit.reached.size
    for (const [option, { reached }] of visits) {
      if (reached.size <= most) continue
      most = reached.size
      taken.set(path, option)
    }
  }
  const moved = [...taken].some(([path, option]) => newest.visit.taken.get(path) !== option)
  const opened = moved ? visit(taken) : newest.visit
  if (opened.complete && isNew(opened)) return opened
  return bases.flatMap(({ trials }) => [...trials.values()].flatMap((visits) => [...visits.values()])).find(isNew)
}

function gatesOf(
  path: string,
  { contexts }: ReachedDecision,
  { visit, trials }: Base,
): ReadonlyMap<string, ReadonlySet<number>> {
  const gates = new Map(alternativesAround(contexts, visit))
  for (const [gate, visits] of trials) {
    const complete = [...visits].filter(([, { complete }]) => complete)
    const present = complete.filter(([, { reached }]) => reached.has(path)).map(([option]) => option)
    if (gate !== path && present.length < complete.length) gates.set(gate, new Set(present))
  }
  return gates
}

/** The alternatives in which a decision stands. One that it meets in every alternative of a decision does not hang on it. */
function alternativesAround(
  contexts: readonly EnclosingOptions[],
  origin: Visit,
): ReadonlyMap<string, ReadonlySet<number>> {
  const options = new Map<string, Set<number>>()
  for (const context of contexts) {
    for (const { path, option } of context) options.set(path, (options.get(path) ?? new Set()).add(option))
  }
  for (const [path, taken] of options) {
    const everywhere = contexts.every((context) => context.some((entry) => entry.path === path))
    const count = origin.reached.get(path)?.decision.options.length ?? 0
    if (!everywhere || taken.size === count) options.delete(path)
  }
  return options
}

/** Alternatives between operations can be built side by side; those between numbers, booleans and strings cannot. */
export function isOfValues(decision: Decision): boolean {
  return (
    !decision.arity &&
    (decision.values !== undefined || decision.options.every((text) => /^(true|false|".*")$/.test(text)))
  )
}

/** A choice between values of which the first was built and the others perhaps were not. */
function isVaried(decision: Decision): boolean {
  return isOfValues(decision) && decision.options.length > 1
}

function exploring(decision: Decision, option: number | undefined): Bound {
  if (isOfValues(decision)) return { kind: 'fixed', options: [option ?? 0] }
  return { kind: 'mix' }
}
