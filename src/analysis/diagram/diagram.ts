import type { Decision } from '../../space/values/decision.js'
import type { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { Failure } from '../../ir/failure.js'
import type { Selection } from './decision-tree.js'
import type { Constraint } from './constraint.js'
import { restricted } from './restrict.js'
import { memoize } from '../../support/memoize.js'
import { stateKeys, type State } from './state.js'
import type { Layer } from './layer.js'

/** A part of an architecture: the decisions settled between two states. */
export interface Arc {
  /** State of the level before. */
  readonly from: number
  /** State of the next level. */
  readonly to: number
  readonly selections: readonly Selection[]
  /** What it adds to each quantity. */
  readonly costs: readonly number[]
}

/**
 * A decision diagram: every way from the only state of the first level to a state of the last is an architecture, and
 * every architecture that fits its shapes and satisfies the restrictions is one way.
 */
export interface Diagram {
  /** `levels[i]` leads from the states of level i to those of level i + 1. */
  readonly layers: readonly CompiledLayer[]
  /** States of the last level. */
  readonly terminals: readonly State[]
  /** Decisions in the order in which they are met, those included that no architecture meets. */
  readonly decisions: ReadonlyMap<string, Decision>
  /** Shapes that did not fit on the way. */
  readonly failures: readonly ElaborationFailure[]
}

export interface CompiledLayer {
  /** Where this part of the network stands. */
  readonly at: string
  readonly arcs: readonly Arc[]
  /** How many states it starts from, and leads to. */
  readonly states: number
  readonly next: number
}

/** More states between two parts of a network than this are usually too many to go through. */
export const usualStates = 50_000

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
 * Walks along a network, all architectures at once. After each step, states that agree in all that matters later are
 * one; a restriction is tested as soon as its decisions are settled.
 *
 * @throws Failure NAS6131 if decisions hang together over so much of the network that there are too many states
 */
export function compileDiagram(
  steps: readonly Layer[],
  constraints: readonly Constraint[],
  { mostStates = usualStates, width = Infinity }: DiagramLimits = {},
): Diagram {
  const restrictions = constraints.filter(({ costs }) => costs.length === 0)
  // Conditions about costs and decisions at once are tested at the end.
  const atEnd = constraints.filter(({ costs }) => costs.length > 0)
  const decisions = new Map<string, Decision>()
  const failures = new Map<string, ElaborationFailure>()
  const levels: CompiledLayer[] = []
  const dropped = new Set<string>()
  let states: readonly State[] = [{ maps: [], selected: new Map() }]

  const lastReadOf = memoize((path) => steps.findLastIndex((step) => step.reads(path)))
  const pending = new Set(restrictions)
  const keyOf = stateKeys()

  steps.forEach((step, index) => {
    const next: State[] = []
    const indices = new Map<string, number>()
    const arcs: Arc[] = []
    const moves = states.map((state) =>
      step.transitions(state, (failure) => failures.set(`${failure.path}\n${failure.what}`, failure)),
    )
    for (const list of moves) {
      for (const { selections } of list) {
        for (const { decision } of selections) {
          if (decisions.has(decision.path)) continue
          decisions.set(decision.path, decision)
        }
      }
    }
    const isLast = index === steps.length - 1
    // All decisions of a restriction are settled once no later step asks for one that it speaks of.
    const due = [...pending].filter(
      (restriction) => isLast || !steps.some((later, at) => at > index && restriction.concerns(later)),
    )
    for (const restriction of due) pending.delete(restriction)
    const waiting = [...pending, ...atEnd]
    const isNeeded = memoize(
      (path) => lastReadOf(path) > index || waiting.some((restriction) => restriction.needs(path)),
    )
    moves.forEach((list, from) => {
      for (const { state, selections, costs } of list) {
        for (const { decision, partial } of selections) {
          if (!partial && dropped.has(decision.path) && !states[from]?.selected.has(decision.path)) {
            throw new Error(`${decision.path} is asked for at ${step.at}, where it was thought to be settled`)
          }
        }
        if (!due.every((restriction) => restriction.holds({ ...state, decisions }))) continue
        const kept = withoutAnswers(state, isNeeded)
        const key = keyOf(kept)
        let to = indices.get(key)
        if (to === undefined) {
          to = next.length
          indices.set(key, to)
          next.push(kept)
        }
        arcs.push({ from, to, selections, costs })
      }
    })
    for (const list of moves) {
      for (const { selections } of list)
        for (const { decision } of selections) if (!isNeeded(decision.path)) dropped.add(decision.path)
    }
    if (next.length > mostStates || arcs.length > 4 * mostStates) throw tooLarge(step, next.length)
    const level = restricted({ at: step.at, arcs, states: states.length, next: next.length }, width)
    levels.push(level.level)
    states = next.filter((_, state) => level.kept(state))
  })
  return { layers: trimmed(levels), terminals: states, decisions, failures: [...failures.values()] }
}

function withoutAnswers(state: State, isNeeded: (path: string) => boolean): State {
  if ([...state.selected.keys()].every(isNeeded)) return state
  return { ...state, selected: new Map([...state.selected].filter(([path]) => isNeeded(path))) }
}

/** Without arcs that lead nowhere. */
function trimmed(levels: readonly CompiledLayer[]): readonly CompiledLayer[] {
  const result: CompiledLayer[] = []
  let alive: ReadonlySet<number> | undefined
  for (const level of [...levels].reverse()) {
    const arcs = alive ? level.arcs.filter(({ to }) => alive?.has(to)) : level.arcs
    alive = new Set(arcs.map(({ from }) => from))
    result.push({ ...level, arcs })
  }
  return result.reverse()
}

function tooLarge(step: Layer, states: number): Failure {
  return new Failure(
    'NAS6131',
    `At \`${step.at}\` ${states} different states would have to be followed: too many decisions hang together.`,
    'Let choices be made where they are used, so that they do not hang together over the whole network.',
  )
}
