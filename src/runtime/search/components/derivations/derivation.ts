import type { Decision } from '../../../../space/values/decision.js'
import type { ArgumentReader } from '../reader.js'

/** Decision path -> indices of the options taken, the strongest first. */
export type SelectedOptions = Readonly<Record<string, readonly number[]>>

/** What a rule of `derive` reads an architecture from. */
export interface DerivationInput {
  /** Every decision of the space. */
  readonly decisions: readonly Decision[]
  /** Weight of every option of the decisions that have variables. */
  readonly weights: Readonly<Record<string, readonly number[]>>
  /** `except none`: options that are never derived. */
  excluded(decision: Decision, option: number): boolean
}

export interface Derivation {
  /** Decides all that the rule speaks of among `open`, and gives what it took. */
  derive(open: readonly Decision[], input: DerivationInput): SelectedOptions
}

export type DerivationComponent = (read: ArgumentReader) => Derivation
