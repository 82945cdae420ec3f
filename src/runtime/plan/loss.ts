import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { LoweredNetwork } from './lower-network.js'
import type { StepSpec } from './step-spec.js'

export interface Losses {
  /** Cross-entropy of the logits, what a step reports. */
  readonly loss: ValueId
  /** What is minimised: with the auxiliary head's share. */
  readonly total: ValueId
  /** Images whose most probable class is the label. */
  readonly correct: ValueId
}

/** Cross-entropy against the input `labels`, plus the auxiliary head's times its weight in training. */
export function emitLosses(builder: ProgramBuilder, network: LoweredNetwork, spec: StepSpec): Losses {
  builder.origin = 'loss'
  const labels = builder.input('labels', [spec.batch], 'int32')
  const attributes = { smoothing: spec.labelSmoothing ?? 0 }
  const loss = builder.one('softmax_cross_entropy', [network.logits, labels], attributes)
  const correct = builder.one('correct_count', [network.logits, labels])
  const weight = spec.auxiliaryWeight ?? 0
  let total = loss
  if (network.auxiliary !== undefined && spec.mode === 'train' && weight !== 0) {
    const auxiliary = builder.one('softmax_cross_entropy', [network.auxiliary, labels], attributes)
    total = builder.one('add', [
      loss,
      builder.one('scale', [auxiliary, builder.one('fill', [], { shape: [], value: weight })]),
    ])
  }
  builder.origin = undefined
  return { loss, total, correct }
}
