import type { Network } from '../../space/network/network.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { Mixture } from './mixture.js'
import type { StepVariables } from './variables.js'

/** What a pass minimises: what the objectives of a search give to a plan. */
export interface ObjectiveEmission {
  /** Equal for equal objectives: plans are kept by it. */
  readonly key: string
  emit(pass: ObjectivePass): EmittedObjective
}

/** What an objective may read. */
export interface ObjectivePass {
  readonly builder: ProgramBuilder
  readonly variables: StepVariables
  readonly network: Network
  /** What costs are of: the network, or another one with the same choices. */
  readonly costed: Network
  /** Name of the pass of the step. */
  readonly pass: string
  /** [batch, classes] */
  readonly logits: ValueId
  /** [batch] */
  readonly labels: ValueId
  readonly batch: number
  /** Weights of the options; absent where no decision of the network is open. */
  readonly mixture: Mixture | undefined
  /** The logits of another pass of the step, which ran before, without gradient: [batch, classes]. */
  readonly reads: (pass: string) => ValueId
  /** Names of all passes of the step, in order. */
  readonly companions: readonly string[]
  /** What the classifier reads: [batch, features]. */
  readonly features: () => ValueId
  /** What the teacher makes of a view of the images of a pass of the step, without gradient: [batch, dimensions]. */
  readonly readsKey: (pass: string, dimensions: number) => ValueId
}

/** A vector of every image, of what the classifier reads. */
export interface EmbeddingEmission {
  /** Equal for equal embeddings: plans are kept by it. */
  readonly key: string
  /** @returns [batch, dimensions] */
  emit(pass: Pick<ObjectivePass, 'builder' | 'variables' | 'features'>): ValueId
}

/** Name of the output with the embedding of a pass, and of the input of other passes that read it. */
export const embeddingName = 'embedding'
export function keyName(pass: string): string {
  return `pass/${pass}/key`
}

export interface EmittedObjective {
  /** [] */
  readonly value: ValueId
  /** Scalars that a step reports beside it, by name. */
  readonly figures: Readonly<Record<string, ValueId>>
}

/** Mean cross-entropy of the softmax of the logits, labels smoothed. */
export function crossEntropyObjective(smoothing: number): ObjectiveEmission {
  return {
    key: `cross_entropy ${String(smoothing)}`,
    emit: ({ builder, logits, labels }) => ({
      value: builder.one('softmax_cross_entropy', [logits, labels], { smoothing }),
      figures: {},
    }),
  }
}
