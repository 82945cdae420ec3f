import type { ValueId } from '../program/program.js'
import type { ObjectivePass } from './objective.js'

/** A cost as a number that can be minimised: what a cost of a search gives to a plan. */
export interface CostEmission {
  /** Equal for equal costs: plans are kept by it. */
  readonly key: string
  /** A scalar, [], that has a gradient by the weights of the options. */
  emit(pass: CostPass): ValueId
  /**
   * Of several architectures at once, one scalar for each, where that is less than to emit each by itself; it has a gradient by
   * what they take.
   */
  emitDrawn?(pass: CostPass, drawn: DrawnChoices): readonly ValueId[]
}

/** Architectures, each as a row of how much it takes of every option. */
export interface DrawnChoices {
  readonly count: number
  /** [count, options of all decisions] */
  readonly taken: ValueId
}

/** What a cost may read. */
export type CostPass = Pick<ObjectivePass, 'builder' | 'variables' | 'costed' | 'mixture'>
