import type { Network } from '../../../space/network/network.js'
import type { StepSpec } from '../../plan/step.js'
import type { ConstantInputs } from '../../training/evaluation.js'
import type { PreparedStep } from '../../training/steps.js'

/** A network that is ready to classify. */
export interface ReadyNetwork {
  readonly network: () => Network
  /** What gives options that are kept their weights; absent: none are. */
  readonly optionWeights?: StepSpec['weights']
  /** Planned with mode `evaluate`, for `evaluationBatch` images. */
  readonly step: PreparedStep
  /** What the step reads beside images and labels. */
  readonly inputs: ConstantInputs
}
