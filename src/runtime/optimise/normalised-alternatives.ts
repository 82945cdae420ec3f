import { booleanOf, numbersOf } from '../operations/support/attribute.js'
import { at, lastOf } from '../operations/support/element.js'
import { operationLike, type Operation, type Program, type Value, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { hasAny } from './rewrite.js'

const weightGradients: ReadonlySet<string> = new Set(['weighted_sum_gradient'])

/**
 * The gradient of the weight of an alternative is the sum of dy * y over the whole map y. Where y is a batch norm
 * without weights, the gradient of the batch norm takes that sum anyway, channel by channel (it would be the gradient of
 * its scale). So the weights' gradients come from a few numbers per channel, and y, which nothing else reads in the
 * backward pass, need not be kept for it. Runs after `late-scaling`, which gives both the same dy.
 */
export const normalisedAlternatives: Pass = {
  name: 'normalised-alternatives',
  run(program) {
    const splits = splitsOf(program)
    return splits.length === 0 ? program : apply(program, splits)
  },
}

/** A gradient of weights, and those of its alternatives (by position) whose batch norms know their share. */
interface Split {
  readonly gradient: Operation
  readonly normalised: ReadonlyMap<number, Operation>
}

function splitsOf(program: Program): readonly Split[] {
  if (!hasAny(program, weightGradients)) return []
  const supplied = new Set(Object.values(program.outputs))
  const outputOfMean = new Map<ValueId, ValueId>()
  /** Gradients of batch norms, each with its position, by what the batch norm makes. */
  const norms = new Map<ValueId, { readonly gradient: Operation; readonly position: number }[]>()
  const needed = firstReaders(program)
  program.operations.forEach((operation, position) => {
    const { inputs, outputs } = operation
    if (operation.operation === 'batch_norm_train') outputOfMean.set(at(outputs, 1), at(outputs, 0))
    if (operation.operation !== 'batch_norm_train_gradient' || booleanOf(operation.attributes, 'affine')) return
    const y = outputOfMean.get(at(inputs, 2))
    if (y === undefined) return
    const known = norms.get(y)
    if (known === undefined) norms.set(y, [{ gradient: operation, position }])
    else known.push({ gradient: operation, position })
  })

  return program.operations.flatMap((gradient): Split | readonly Split[] => {
    if (!weightGradients.has(gradient.operation)) return []
    const output = at(gradient.outputs, 0)
    if (supplied.has(output)) return []
    const dy = at(gradient.inputs, 1)
    const before = at(needed, output)
    const normalised = new Map<number, Operation>()
    gradient.inputs.slice(2).forEach((y, i) => {
      const found = norms.get(y)?.findLast((each) => each.gradient.inputs[1] === dy)
      // What reads the gradient of the weights must come after the batch norm's gradient; it does, at the very end.
      if (found !== undefined && found.position < before) normalised.set(i, found.gradient)
    })
    return normalised.size > 0 ? { gradient, normalised } : []
  })
}

/** By value, the position of the first operation that reads it; 0 if none does. */
function firstReaders({ values, operations }: Program): Int32Array {
  const first = new Int32Array(values.length)
  for (let position = operations.length - 1; position >= 0; position--) {
    const { inputs } = at(operations, position)
    for (let i = 0; i < inputs.length; i++) first[inputs[i] ?? 0] = position
  }
  return first
}

function apply(program: Program, splits: readonly Split[]): Program {
  const rewrite = openRewrite(program)
  /** What takes the place of a gradient of weights, and what comes just before its first reader. */
  const replaced = new Map<Operation, readonly Operation[]>()
  const late = new Map<ValueId, readonly Operation[]>()
  for (const split of splits) {
    const { apart, afterwards, output } = partsOf(split, rewrite)
    replaced.set(split.gradient, apart)
    late.set(output, afterwards)
  }

  const operations: Operation[] = []
  const push = (operation: Operation): void => {
    operations.push(operation)
  }
  program.operations.forEach((operation) => {
    operation.inputs.forEach((input) => {
      late.get(input)?.forEach(push)
      late.delete(input)
    })
    const parts = replaced.get(operation)
    if (parts === undefined) push(rewrite.extended.get(operation) ?? operation)
    else parts.forEach(push)
  })
  // A gradient that nobody reads is dead, and so is what would have made it.
  return { values: rewrite.values, operations: [...rewrite.constants, ...operations], outputs: program.outputs }
}

/** What is added to a program. */
interface Rewrite {
  readonly values: readonly Value[]
  /** They come before all else. */
  readonly constants: readonly Operation[]
  /** Gradients of batch norms, extended by what would be the gradient of a scale. */
  readonly extended: ReadonlyMap<Operation, Operation>
  readonly shape: (id: ValueId) => readonly number[]
  readonly temporary: (shape: readonly number[]) => ValueId
  readonly ones: (channels: number) => ValueId
  /** What would be the gradient of the scale, of which the gradient of a batch norm gives account from now on. */
  readonly sumsOf: (gradient: Operation) => ValueId
}

function openRewrite(program: Program): Rewrite {
  const values: Value[] = [...program.values]
  const constants: Operation[] = []
  const onesByLength = new Map<number, ValueId>()
  const extended = new Map<Operation, Operation>()
  const temporary = (shape: readonly number[]): ValueId => {
    values.push({ id: values.length, shape, dtype: 'float32', kind: 'temporary' })
    return values.length - 1
  }
  const shape = (id: ValueId): readonly number[] => values[id]?.shape ?? []
  const ones = (channels: number): ValueId => {
    const known = onesByLength.get(channels)
    if (known !== undefined) return known
    const id = temporary([channels])
    constants.push({
      operation: 'fill',
      inputs: [],
      outputs: [id],
      attributes: { shape: [channels], value: 1 },
      phase: 'forward',
      updates: [],
      origin: undefined,
    })
    onesByLength.set(channels, id)
    return id
  }
  const sumsOf = (gradient: Operation): ValueId => {
    const channels = lastOf(shape(gradient.outputs[0] ?? -1))
    const known = extended.get(gradient)
    if (known?.outputs[1] !== undefined) return known.outputs[1]
    const sums = temporary([channels])
    const rest = temporary([channels])
    const [inputs, outputs] = [
      [...gradient.inputs, ones(channels)],
      [...gradient.outputs, sums, rest],
    ]
    extended.set(
      gradient,
      operationLike(gradient, { inputs, outputs, attributes: { ...gradient.attributes, affine: true } }),
    )
    return sums
  }
  return { values, constants, extended, shape, temporary, ones, sumsOf }
}

/** A gradient of weights in two: `apart` is the share of the alternatives that stay as they are, `afterwards` the others and the sum. */
function partsOf(
  { gradient, normalised }: Split,
  { shape, temporary, ones, sumsOf }: Rewrite,
): { readonly apart: readonly Operation[]; readonly afterwards: readonly Operation[]; readonly output: ValueId } {
  const [weights, alternatives] = [at(gradient.inputs, 0), gradient.inputs.slice(2)]
  const output = at(gradient.outputs, 0)
  const indices = numbersOf(gradient.attributes, 'indices')
  const channels = lastOf(shape(at(alternatives, 0)))
  const share = operationLike(gradient, {
    inputs: [weights, ones(channels), ...[...normalised.values()].map(sumsOf)],
    outputs: [temporary(shape(weights))],
    attributes: { ...gradient.attributes, indices: [...normalised.keys()].map((position) => at(indices, position)) },
  })
  const kept = alternatives.flatMap((id, i) => (normalised.has(i) ? [] : [{ id, index: at(indices, i) }]))
  const apart: Operation[] =
    kept.length === 0
      ? []
      : [
          operationLike(gradient, {
            inputs: [...gradient.inputs.slice(0, 2), ...kept.map(({ id }) => id)],
            outputs: [temporary(shape(weights))],
            attributes: { ...gradient.attributes, indices: kept.map(({ index }) => index) },
          }),
        ]
  const parts = [...apart, share].flatMap(({ outputs }) => outputs)
  const sum = operationLike(gradient, { operation: 'add', inputs: parts, outputs: [output], attributes: {} })
  return { apart, afterwards: [share, sum], output }
}
