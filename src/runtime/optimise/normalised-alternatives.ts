import { booleanOf, numbersOf } from '../operations/support/attribute.js'
import { at, lastOf } from '../operations/support/element.js'
import type { Operation, Program, Value, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

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
  const firstReader = new Map<ValueId, number>()
  const positions = new Map<Operation, number>()
  const outputOfMean = new Map<ValueId, ValueId>()
  const byOutputAndGradient = new Map<string, Operation>()
  program.operations.forEach((operation, position) => {
    positions.set(operation, position)
    for (const input of operation.inputs) if (!firstReader.has(input)) firstReader.set(input, position)
    const { inputs, outputs } = operation
    if (operation.operation === 'batch_norm_train') {
      const [y, mean] = outputs
      if (y !== undefined && mean !== undefined) outputOfMean.set(mean, y)
    }
    if (operation.operation === 'batch_norm_train_gradient' && !booleanOf(operation.attributes, 'affine')) {
      const [, dy, mean] = inputs
      const y = mean === undefined ? undefined : outputOfMean.get(mean)
      if (y !== undefined && dy !== undefined) byOutputAndGradient.set(keyOf(y, dy), operation)
    }
  })

  return program.operations.flatMap((gradient): readonly Split[] => {
    if (gradient.operation !== 'weighted_sum_gradient') return []
    const [output] = gradient.outputs
    const [, dy, ...alternatives] = gradient.inputs
    if (output === undefined || dy === undefined || Object.values(program.outputs).includes(output)) return []
    const needed = firstReader.get(output) ?? 0
    const normalised = new Map<number, Operation>()
    alternatives.forEach((y, i) => {
      const found = byOutputAndGradient.get(keyOf(y, dy))
      // What reads the gradient of the weights must come after the batch norm's gradient; it does, at the very end.
      if (found !== undefined && (positions.get(found) ?? Infinity) < needed) normalised.set(i, found)
    })
    return normalised.size > 0 ? [{ gradient, normalised }] : []
  })
}

function apply(program: Program, splits: readonly Split[]): Program {
  const values: Value[] = [...program.values]
  const temporary = (shape: readonly number[]): ValueId => {
    values.push({ id: values.length, shape, dtype: 'float32', kind: 'temporary' })
    return values.length - 1
  }
  const shape = (id: ValueId): readonly number[] => values[id]?.shape ?? []

  const constants: Operation[] = []
  const onesByLength = new Map<number, ValueId>()
  const ones = (channels: number): ValueId => {
    const known = onesByLength.get(channels)
    if (known !== undefined) return known
    const id = temporary([channels])
    constants.push({
      operation: 'fill',
      inputs: [],
      outputs: [id],
      attributes: { shape: [channels], value: 1 },
      // They come before all else.
      phase: 'forward',
    })
    onesByLength.set(channels, id)
    return id
  }

  /** Gradients of batch norms, extended by what would be the gradient of a scale. */
  const extended = new Map<Operation, Operation>()
  const sumsOf = (operation: Operation): ValueId => {
    const channels = lastOf(shape(operation.outputs[0] ?? -1))
    const known = extended.get(operation)
    if (known?.outputs[1] !== undefined) return known.outputs[1]
    const [sums, rest] = [temporary([channels]), temporary([channels])]
    const [inputs, outputs] = [
      [...operation.inputs, ones(channels)],
      [...operation.outputs, sums, rest],
    ]
    extended.set(operation, { ...operation, inputs, outputs, attributes: { ...operation.attributes, affine: true } })
    return sums
  }

  /** What takes the place of a gradient of weights, and what comes just before its first reader. */
  const replaced = new Map<Operation, readonly Operation[]>()
  const late = new Map<ValueId, readonly Operation[]>()
  for (const { gradient, normalised } of splits) {
    const [weights, , ...alternatives] = gradient.inputs
    const [output] = gradient.outputs
    if (weights === undefined || output === undefined) continue
    const indices = numbersOf(gradient.attributes, 'indices')
    const channels = lastOf(shape(alternatives[0] ?? -1))
    const share: Operation = {
      ...gradient,
      inputs: [weights, ones(channels), ...[...normalised.values()].map(sumsOf)],
      outputs: [temporary(shape(weights))],
      attributes: { ...gradient.attributes, indices: [...normalised.keys()].map((position) => at(indices, position)) },
    }
    const kept = alternatives.flatMap((id, i) => (normalised.has(i) ? [] : [{ id, index: at(indices, i) }]))
    const rest: Operation[] =
      kept.length === 0
        ? []
        : [
            {
              ...gradient,
              inputs: [...gradient.inputs.slice(0, 2), ...kept.map(({ id }) => id)],
              outputs: [temporary(shape(weights))],
              attributes: { ...gradient.attributes, indices: kept.map(({ index }) => index) },
            },
          ]
    const parts = [...rest, share].flatMap(({ outputs }) => outputs)
    replaced.set(gradient, rest)
    late.set(output, [share, { ...gradient, operation: 'add', inputs: parts, outputs: [output], attributes: {} }])
  }

  const operations: Operation[] = []
  for (const operation of program.operations) {
    for (const input of operation.inputs) {
      operations.push(...(late.get(input) ?? []))
      late.delete(input)
    }
    operations.push(...(replaced.get(operation) ?? [extended.get(operation) ?? operation]))
  }
  // A gradient that nobody reads is dead, and so is what would have made it.
  return { values, operations: [...constants, ...operations], outputs: program.outputs }
}

function keyOf(output: ValueId, gradient: ValueId): string {
  return `${String(output)} ${String(gradient)}`
}
