import type { Network } from '../../space/network/network.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { LoweredNetwork } from './lower-network.js'
import { crossEntropyObjective, keyName } from './objective.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

export interface Losses {
  /** The objective at the logits, what a step reports. */
  readonly loss: ValueId
  /** What is minimised: with the auxiliary head's share. */
  readonly total: ValueId
  /** Images whose most probable class is the label. */
  readonly correct: ValueId
  /** What the objective tells beside its value, by name. */
  readonly figures: Readonly<Record<string, ValueId>>
}

/** The objective against the input `labels`, plus that of the auxiliary head times its weight in training. */
export function emitLosses(
  builder: ProgramBuilder,
  lowered: LoweredNetwork,
  network: Network,
  spec: StepSpec,
  variables: StepVariables,
): Losses {
  builder.origin = 'loss'
  const labels = builder.input('labels', [spec.batch], 'int32')
  const objective = spec.objective ?? crossEntropyObjective(0)
  const { batch, pass = 'all', companions = [pass] } = spec
  const { features } = lowered
  const readsKey = (name: string, dimensions: number) => builder.input(keyName(name), [batch, dimensions])
  const reads = (name: string) => builder.input(`pass/${name}/logits`, [batch, network.classes])
  const { mixture } = lowered
  let costed: Network | undefined
  const at = (logits: ValueId) =>
    objective.emit({
      ...{ builder, variables, network, pass, companions, logits, labels, batch, mixture, reads, features, readsKey },
      get costed() {
        return (costed ??= spec.costed?.network() ?? network)
      },
    })
  const { value: loss, figures } = at(lowered.logits)
  const correct = builder.one('correct_count', [lowered.logits, labels])
  const weight = spec.auxiliaryWeight ?? 0
  let total = loss
  if (lowered.auxiliary !== undefined && spec.mode === 'train' && weight !== 0) {
    const auxiliary = at(lowered.auxiliary).value
    total = builder.one('add', [
      loss,
      builder.one('scale', [auxiliary, builder.one('fill', [], { shape: [], value: weight })]),
    ])
  }
  builder.origin = undefined
  return { loss, total, correct, figures }
}
