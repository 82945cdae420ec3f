import type { Network } from '../../../space/network/network.js'
import { at } from '../../operations/support/element.js'
import { optimise } from '../../optimise/optimise.js'
import { buildStep, type Step, type StepSpec } from '../../plan/step.js'
import type { Operation, Program, Value, ValueId } from '../../program/program.js'
import { batchAxes, batches } from './batch-axes.js'
import { foldConstants, type FoldedProgram } from './fold-constants.js'
import type { InferenceOperation, InferenceProgram, InferenceValue } from './inference-program.js'
import { withBiases } from './with-biases.js'
import { isPrintable } from './printable.js'
import { openNames } from './weight-names.js'

export interface InferenceRequest {
  readonly network: Network
  /** What gives options that were kept their weights. */
  readonly weights?: StepSpec['weights']
  /** Batch norms go into the convolutions before them. */
  readonly foldsNorms: boolean
  /** Numbers of a variable, `undefined` where there is none. */
  readonly variable: (name: string) => Float32Array | undefined
  /** Numbers of what a step reads beside images and labels. */
  readonly input: (name: string) => Float32Array | undefined
}

const cleaning = ['simplify', 'common-subexpressions', 'dead-code']

/** The way from images to logits of a network, as printable operations over named weights. */
export function buildInference(request: InferenceRequest): InferenceProgram {
  const { variable, input } = request
  const step = forwardStep(request, batches[0])
  const program = towardsLogits(step.program)
  const axisOf = batchAxes(program, towardsLogits(forwardStep(request, batches[1]).program))
  const folded = foldConstants(
    program,
    (id) => axisOf(id) !== undefined,
    ({ kind, name = '' }) => (kind === 'variable' ? variable(name) : name === 'images' ? undefined : input(name)),
  )
  const { values, ...rest } = collect(program, axisOf, folded, openNames(step.variables))
  return withBiases({ ...rest, ...imagesIn(values, program, request.network) })
}

function forwardStep({ network, weights, foldsNorms }: InferenceRequest, batch: number): Step {
  const passes = foldsNorms ? [...cleaning, 'fold-batch-norm'] : cleaning
  return buildStep(network, { batch, mode: 'evaluate', passes, ...(weights !== undefined && { weights }) })
}

/** Without loss and hits. */
function towardsLogits(program: Program): Program {
  const logits = program.outputs['logits']
  if (logits === undefined) throw new Error('a step without logits')
  return optimise({ ...program, outputs: { logits } }, { passes: ['dead-code'] })
}

function collect(
  program: Program,
  axisOf: (id: ValueId) => number | undefined,
  { known, operations }: FoldedProgram,
  nameOf: ReturnType<typeof openNames>,
): Omit<InferenceProgram, 'images'> {
  const read = new Set(operations.flatMap(({ inputs }) => inputs))
  const values = program.values.map((value): InferenceValue => {
    const { id } = value
    const weight = read.has(id) ? known.get(id) : undefined
    const batchAxis = axisOf(id)
    return {
      id,
      shape: forOneImage(value, batchAxis),
      ...(batchAxis !== undefined && { batchAxis }),
      ...(weight !== undefined && { weight: { name: nameOf(weight), data: weight.data } }),
    }
  })
  const logits = program.outputs['logits']
  if (logits === undefined) throw new Error('a step without logits')
  return { values, operations: operations.map((operation) => printable(operation)), logits }
}

/** Where the images stand, also in a network that makes nothing of them: some of NAS-Bench-201 are zeros throughout. */
function imagesIn(
  values: readonly InferenceValue[],
  program: Program,
  { input: { height, width, channels } }: Network,
): Pick<InferenceProgram, 'images' | 'values'> {
  const known = program.values.find(({ kind, name }) => kind === 'input' && name === 'images')
  if (known !== undefined) return { images: known.id, values }
  const images: InferenceValue = { id: values.length, shape: [1, height, width, channels], batchAxis: 0 }
  return { images: images.id, values: [...values, images] }
}

function forOneImage({ shape }: Value, batchAxis: number | undefined): readonly number[] {
  return shape.map((size, axis) => (axis === batchAxis ? size / batches[0] : size))
}

function printable({ operation, inputs, outputs, attributes, origin = 'network' }: Operation): InferenceOperation {
  if (!isPrintable(operation)) throw new Error(`${origin}: a forward pass with ${operation}`)
  return { operation, inputs, output: at(outputs, 0), attributes, path: origin }
}
