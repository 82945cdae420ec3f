import type { Decision } from '../../../../space/decisions/decision.js'
import type { Random } from '../../../random/random.js'
import type { ArgumentReader } from '../reader.js'
import type { ComponentUse } from '../component-use.js'

/** Decision path -> indices of the options taken, the strongest first. */
export type SelectedOptions = Readonly<Record<string, readonly number[]>>

/** What a search came to think of the options, at the end of its training. */
export interface Evidence {
  /** Weight of every option of the decisions that have variables. */
  readonly weights: Readonly<Record<string, readonly number[]>>
  /** Of the decisions that have a distribution over sets of options. */
  readonly sets?: Readonly<Record<string, WeightedSets>>
}

/** A distribution over sets of options. */
export interface WeightedSets {
  readonly of: readonly (readonly number[])[]
  /** Of every set. */
  readonly chances: readonly number[]
}

/** What a rule of `derive` reads an architecture from. */
export interface DerivationInput extends Evidence {
  /** Every decision of the space. */
  readonly decisions: readonly Decision[]
  /** `except none`: options that are never derived. */
  excluded(decision: Decision, option: number): boolean
}

export type Derivation = EvidenceDerivation | SearchingDerivation

/** Reads an architecture off what the search came to think of the options. */
export interface EvidenceDerivation {
  readonly kind: 'evidence'
  /**
   * It takes one option, or one set of them, of every decision, by the weights of that decision alone: where the space does not
   * allow these together, the allowed architecture with the greatest product of weights may stand in for them.
   */
  readonly decidesEachAlone?: true
  /** Decides all that the rule speaks of among `open`, and gives what it took. */
  derive(open: readonly Decision[], input: DerivationInput): SelectedOptions
}

/**
 * Judges architectures with the weights of the supernet. A pure function of what was scored before and of a stream: a run that
 * is resumed asks again, and gets the same.
 */
export interface SearchingDerivation {
  readonly kind: 'search'
  /** What is asked for in place of what the search says. */
  readonly score?: ComponentUse
  /** Multiply-accumulates of every candidate, ends included. */
  readonly macs: { readonly least: number; readonly most: number }
  /** Rounds at most. */
  readonly rounds: number
  /**
   * What to score next; undefined: nothing.
   * @param history the rounds before, whole
   */
  next(history: readonly (readonly ScoredCandidate[])[], draws: CandidateDraws): readonly Candidate[] | undefined
  /**
   * Share of a whole training after which candidates of a round are scored, 0..1: those of the next round are among them and are
   * trained on. Absent: all are trained to the end, if the score trains them at all.
   */
  readonly trainedShare?: (round: number) => number
  /** What is derived, the best one first. */
  results(history: readonly (readonly ScoredCandidate[])[]): readonly ScoredCandidate[]
}

export interface Candidate {
  readonly selected: SelectedOptions
  /** Of the space as it is declared, whatever size the images at hand have. */
  readonly macs: number
  readonly parameters: number
}

export interface ScoredCandidate extends Candidate {
  /** The higher, the better. */
  readonly score: number
}

/** Architectures within the constraints of the space and the bounds of the derivation. */
export interface CandidateDraws {
  /** Every decision of the space. */
  readonly decisions: readonly Decision[]
  /** A stream of this round alone. */
  readonly random: Random
  /** Each as likely as any other. */
  draw(): Candidate
  /** The one that takes these options wherever it is asked; undefined where that is none. */
  member(selections: SelectedOptions): Candidate | undefined
}

export type DerivationComponent = (read: ArgumentReader) => Derivation
