import { at, sizeOf } from '../../operations/support/element.js'
import type { Attributes, Dims } from '../../operations/support/definition.js'
import { definitionOf, type OperationName } from '../../operations/index.js'
import { differenceOf, noise } from '../engine/trial-numbers.js'
import type { Binding, TensorId } from './binding.js'
import { dilatedOperations, type Capabilities, type Capability } from './capabilities.js'
import { kernelOf } from './kernel-table.js'
import { openSession } from './session.js'

/** One call of an operation, small enough to be made whenever TensorFlow starts. */
interface Trial {
  readonly operation: OperationName
  readonly attributes: Attributes
  readonly inputs: readonly { readonly dims: Dims; readonly data: Float32Array }[]
}

/** Rounding is all that may differ. */
const TOLERANCE = 1e-4

/**
 * Finds out what TensorFlow can do in this process: each capability is tried where it would be taken, and counts only if
 * the results are those of the reference.
 */
export function probeCapabilities(binding: Binding): Capabilities {
  const dilated = dilatedOperations.map((operation): [Capability, readonly Trial[]] => [
    `dilated ${operation}`,
    // oneDNN has other kernels for whole blocks of channels.
    [3, 16].map((channels) => dilatedTrial(operation, channels)),
  ])
  const probes: readonly [Capability, readonly Trial[]][] = [...dilated, ['pooling by oneDNN', poolTrials()]]
  return new Set(
    probes
      .filter(([capability, trials]) => trials.every((trial) => isRight(binding, capability, trial)))
      .map(([capability]) => capability),
  )
}

function isRight(binding: Binding, capability: Capability, { operation, attributes, inputs }: Trial): boolean {
  const expected = referenceOf({ operation, attributes, inputs })
  const session = openSession(binding, new Set([capability]))
  const dims = inputs.map((input) => input.dims)
  try {
    const run = kernelOf(operation).bind(session, { attributes, inputs: dims, outputs: [expected.dims] })
    const found: TensorId | readonly TensorId[] = run(
      ...inputs.map((input) => session.reals([...input.data], input.dims)),
    )
    const result = typeof found === 'number' ? found : at(found, 0)
    return differenceOf(binding.tensorDataSync(result), expected.data) <= TOLERANCE
  } catch (error) {
    // To be refused is an answer.
    if (isRefusal(error)) return false
    throw error
  } finally {
    for (const id of session.takeMade()) binding.deleteTensor(id)
    session.dispose()
  }
}

/** Whether TensorFlow has said no, as the addon tells it. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Invalid TF_Status')
}

function referenceOf({ operation, attributes, inputs }: Trial): Trial['inputs'][number] {
  const definition = definitionOf(operation)
  const dims = inputs.map((input) => input.dims)
  const outputs = definition.shapes(dims, attributes)
  const data = new Float32Array(sizeOf(at(outputs, 0)))
  definition.reference(
    inputs.map((input) => input.data),
    [data],
    { inputs: dims, outputs },
    attributes,
  )
  return { dims: at(outputs, 0), data }
}

const filled = (dims: Dims, seed: number): Trial['inputs'][number] => ({ dims, data: noise(sizeOf(dims), seed) })

function dilatedTrial(operation: (typeof dilatedOperations)[number], channels: number): Trial {
  const [map, window] = [
    { inputHeight: 7, inputWidth: 6 },
    { stride: 1, dilation: 2 },
  ]
  const [x, dy] = [filled([2, 7, 6, channels], 1), filled([2, 7, 6, channels], 2)]
  const w = filled([3, 3, channels, ...(operation.startsWith('conv2d') ? [channels] : [])], 3)
  const attributes = { ...window, groups: 1 }
  if (operation.endsWith('_input_gradient'))
    return { operation, attributes: { ...attributes, ...map }, inputs: [dy, w] }
  if (operation.endsWith('_filter_gradient'))
    return { operation, attributes: { ...attributes, kernel: 3 }, inputs: [x, dy] }
  return { operation, attributes, inputs: [x, w] }
}

/** Few distinct values, so that windows have several maxima: the gradient goes to the first. */
function poolTrials(): readonly Trial[] {
  const attributes = { kernel: 3, stride: 1 }
  const { dims, data } = filled([2, 7, 6, 3], 1)
  const x = { dims, data: data.map((value) => Math.round(4 * value)) }
  const pool: Trial = { operation: 'max_pool2d', attributes, inputs: [x] }
  return [pool, { operation: 'max_pool2d_gradient', attributes, inputs: [x, referenceOf(pool), filled(dims, 2)] }]
}
