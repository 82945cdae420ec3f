import { Failure } from '../../catalogue/failure.js'
import type { LayerNode, Network } from '../../space/network/network.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { dropoutName } from './layer-context.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/**
 * The last layer with a kernel on the way to the logits.
 *
 * @throws Failure NAS7560 where several maps are merged before there is one
 */
export function classifierOf({ nodes, logits }: Network): number {
  let node = nodes[logits]
  while (node !== undefined) {
    if (node.kind === 'layer' && node.weights.some(({ role }) => role === 'kernel')) return node.id
    const [input, ...others] = node.inputs
    if (input === undefined || others.length > 0) throw new Failure('no-classifier', { path: node.path })
    node = nodes[input]
  }
  throw new Error('a network without logits')
}

/** What the classifier reads, times a mask of zeros and 1 / (1 - rate) that the caller draws. */
export function dropBeforeClassifier(
  lowering: { readonly builder: ProgramBuilder; readonly spec: StepSpec; readonly variables: StepVariables },
  layer: LayerNode,
  input: ValueId,
): ValueId {
  const { builder, spec, variables } = lowering
  const name = dropoutName(layer.path)
  variables.drop(name, spec.headDropout ?? 0)
  return builder.one('multiply', [input, builder.input(name, builder.shape(input))])
}
