import type { Bound } from './binding.js'
import type { Decision } from './decision.js'

/**
 * Thrown where a value is asked for and several alternatives are to be built; caught where they can be mixed. A jump, and
 * no failure: between the two lie all the expressions whose value depends on the choice.
 */
export class Fork extends Error {
  constructor(
    readonly decision: Decision,
    readonly key: string,
    readonly options: readonly number[],
  ) {
    super(`${decision.path} is open`)
  }
}

/** One decision as it was used: for the paths of weights that belong to one option of a number. */
export interface SelectedOption {
  readonly decision: Decision
  readonly option: number
}

/** A decision that was asked for, and the answer. */
export interface BoundDecision {
  readonly decision: Decision
  readonly bound: Bound
}

/** Settles open choices: asks the binding once per decision and copy, and keeps what it says. */
export interface Decider {
  /** Options taken. @throws Fork if a single option is asked for and the decision is mixed. */
  single(decision: Decision, copy: string | undefined): number
  /** Options taken of a decision with an arity: all of them where it is relaxed. */
  several(decision: Decision, copy: string | undefined): readonly number[]
  bound(decision: Decision, copy: string | undefined): Bound
  /** Runs `build` as if this option of the forked decision had been taken. */
  assuming<T>(fork: Fork, option: number, build: () => T): T
  /** Runs `evaluate` and tells which decisions between options with weights of their own it used. */
  tracing<T>(evaluate: () => T): { readonly value: T; readonly consulted: readonly SelectedOption[] }
  /** Runs `build` for what exists only if this option of a relaxed decision is among those taken. */
  within<T>(decision: Decision, option: number, build: () => T): T
  /** Runs `build` and tells what it asked. */
  recording<T>(build: () => T): { readonly value: T; readonly asked: readonly BoundDecision[] }
  /** Whether another copy of a cell is bound alike wherever it chooses. */
  hasSameBounds(asked: readonly BoundDecision[], copy: string): boolean
  /** Every decision that was reached, in order, by path. */
  readonly reached: ReadonlyMap<string, ReachedDecision>
  /** The decisions of which all options were taken together. */
  readonly summed: readonly SummedDecision[]
  /** Runs `evaluate`, whose value says what is built: the decisions that it uses steer which others exist. */
  steering<T>(evaluate: () => T): T
  /** The size of a feature map was asked for: in `steering`, every number that decides a shape steers. */
  measured(): void
  /** What steers: paths of decisions with how often each was used, or any of them. */
  readonly steered: ReadonlyMap<string, number> | 'any'
  /** Whether something that steers was computed from several decisions at once. */
  readonly steeredTogether: boolean
}

/** A relaxed choice of several options: all of them are there. */
export interface SummedDecision {
  /** Path of the decision. */
  readonly decision: string
  /** How many it has. */
  readonly options: number
  /** How many an architecture takes. */
  readonly least: number
  readonly most: number
}

/** A decision and the alternatives in which it was met. */
export interface ReachedDecision {
  readonly decision: Decision
  /** Each a list of (decision, option) around it; the empty list where it stands in no alternative. */
  readonly contexts: readonly EnclosingOptions[]
  /** Whether it was met with other options as well: another decision says what they are. */
  readonly isVariable: boolean
}
export type EnclosingOptions = readonly { readonly path: string; readonly option: number }[]
