import { at, lastOf } from '../operations/support/element.js'
import { operationLike, type Operation, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { rewrite, type RewriteContext } from './rewrite.js'

const norms: ReadonlySet<string> = new Set(['batch_norm_inference'])
const convolutions: ReadonlySet<string> = new Set(['conv2d', 'depthwise2d'])

/**
 * In evaluation a batch norm is a factor and a term per channel. Behind a convolution that nothing else reads, the factor
 * goes into the kernel, which is small, and the term becomes the bias of the convolution.
 */
export const foldBatchNorm: Pass = {
  name: 'fold-batch-norm',
  run: (program) =>
    rewrite(program, norms, (norm, context) => {
      const folded = convolutionBefore(norm, context)
      return folded === undefined ? undefined : { operations: fold(norm, folded, context) }
    }),
}

interface Folded {
  readonly convolution: Operation
  readonly bias?: ValueId
}

function convolutionBefore(norm: Operation, context: RewriteContext): Folded | undefined {
  const map = norm.inputs[0]
  const producer = readOnce(map, context)
  if (producer?.operation !== 'bias_add') return convolutions.has(producer?.operation ?? '') ? of(producer) : undefined
  const convolved = producer.inputs[0]
  const bias = producer.inputs[1]
  const convolution = readOnce(convolved, context)
  return convolutions.has(convolution?.operation ?? '') ? of(convolution, bias) : undefined
}

function of(convolution: Operation | undefined, bias?: ValueId): Folded | undefined {
  if (convolution === undefined) return undefined
  return bias === undefined ? { convolution } : { convolution, bias }
}

function readOnce(id: ValueId | undefined, context: RewriteContext): Operation | undefined {
  return id === undefined || context.uses(id) !== 1 ? undefined : context.producer(id)
}

/** The norm of ones, without mean and shift, is its factor; the norm of the bias (or of zeros) is its term. */
function fold(norm: Operation, { convolution, bias }: Folded, context: RewriteContext): readonly Operation[] {
  const map = norm.inputs[0]
  const mean = norm.inputs[1]
  const variance = norm.inputs[2]
  const scale = norm.inputs[3]
  const shift = norm.inputs[4]
  const x = convolution.inputs[0]
  const kernel = convolution.inputs[1]
  if (map === undefined || mean === undefined || variance === undefined) throw new Error('a norm without statistics')
  if (x === undefined || kernel === undefined) throw new Error('a convolution without a kernel')
  const shape = [lastOf(context.shape(mean))]
  const operations: Operation[] = []
  const emit = (
    operation: string,
    inputs: readonly ValueId[],
    attributes: Operation['attributes'],
    output: ValueId,
  ): ValueId => {
    operations.push(operationLike(norm, { operation, inputs, outputs: [output], attributes }))
    return output
  }
  const filled = (value: number): ValueId => emit('fill', [], { shape, value }, context.temporary(shape))
  const zeros = filled(0)
  const factorInputs = scale === undefined ? [] : [scale, zeros]
  const termInputs = scale === undefined || shift === undefined ? [] : [scale, shift]
  const factor = emit(
    'batch_norm_inference',
    [filled(1), zeros, variance, ...factorInputs],
    norm.attributes,
    context.temporary(shape),
  )
  const term = emit(
    'batch_norm_inference',
    [bias ?? zeros, mean, variance, ...termInputs],
    norm.attributes,
    context.temporary(shape),
  )
  const scaled = emit('scale_channels', [kernel, factor], {}, context.temporary(context.shape(kernel)))
  const convolved = context.temporary(context.shape(map))
  operations.push(operationLike(convolution, { inputs: [x, scaled], outputs: [convolved] }))
  emit('bias_add', [convolved, term], {}, at(norm.outputs, 0))
  return operations
}
