import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { StepVariables } from './variables.js'

/**
 * How the options of relaxed decisions get their weights: what a relaxation gives to a plan. The same emission, run by the
 * interpreter, is the evidence that derivations read.
 */
export interface WeightEmission {
  /** Equal for equal emissions: decisions of one key are emitted together, and plans are kept by it. */
  readonly key: string
  /** Trained numbers of a decision with so many options; as many as there are options without this. */
  logits?(decision: string, options: number): number
  /**
   * Logits of several decisions, one row for each, [decisions, logits], to the weights of their options, [decisions, options].
   * What changes from step to step (a temperature, noise) is an input of the program, never an attribute.
   */
  emit(logits: ValueId, context: EmissionContext): ValueId
  /**
   * Weights become exactly zero, and an option without weight is not there: an architecture that takes just those with one is
   * the supernet itself, as long as they keep their weights.
   */
  readonly isSparse?: true
  /** Present where several options are taken together by a distribution over sets of them. */
  readonly sets?: SetEmission
}

/** A distribution over sets of options, of which the weights of the options are the marginals. */
export interface SetEmission {
  /** The sets that an architecture may take: options in ascending order. */
  readonly of: readonly OptionSet[]
  /** As the emission of weights, to the chances of the sets, [decisions, sets]. */
  emit(logits: ValueId, context: EmissionContext): ValueId
  /** Present where other sets have a chance as well, so that those of `of` do not sum to one: that of the empty set, [decisions, 1]. */
  readonly emitEmpty?: (logits: ValueId, context: EmissionContext) => ValueId
}

/** Options that are taken together. */
export type OptionSet = readonly number[]

export interface EmissionContext {
  readonly builder: ProgramBuilder
  readonly variables: StepVariables
  /** Paths of the decisions, row by row. */
  readonly decisions: readonly string[]
  readonly options: number
  /**
   * Records a number of every decision, [decisions], by a name: objectives may read it (`Mixture.figure`), and a run shows it as the
   * figure `<name>.<decision>`.
   */
  recordFigure(name: string, values: ValueId): void
}

/** A decision that a plan may have to weight. */
export interface RelaxedOptions {
  /** All that the decision has, also where fewer are mixed. */
  readonly options: number
  /** Absent: its inputs are merged without weights. */
  readonly emission?: WeightEmission
}

/** The relaxed decisions of a space. */
export interface OptionWeights {
  /** Equal for equal emissions of all decisions. */
  readonly key: string
  of(decision: string): RelaxedOptions | undefined
}

/** Under which relaxations record the threshold of a decision, between 0 and 1, beneath which its weights are zero. */
export const thresholdName = 'threshold'

/** A softmax over the logits of every decision (Liu et al., DARTS, eq. 2). */
export function softmaxEmission(temperature: number): WeightEmission {
  return {
    key: `softmax ${String(temperature)}`,
    emit: (logits, { builder }) => builder.one('softmax', [logits], { temperature }),
  }
}

/** What a network is mixed with where nothing is said. */
export const plainSoftmax = softmaxEmission(1)
