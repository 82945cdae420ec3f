import type { ValueId } from '../program/program.js'
import type { ObjectivePass } from './objective.js'

/** A cost as a number that can be minimised: what a cost of a search gives to a plan. */
export interface CostEmission {
  /** Equal for equal costs: plans are kept by it. */
  readonly key: string
  /** A scalar, [], that has a gradient by the weights of the options. */
  emit(pass: CostPass): ValueId
}

/** What a cost may read. */
export type CostPass = Pick<ObjectivePass, 'builder' | 'costed' | 'mixture'>
