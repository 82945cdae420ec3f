import { numberOf, numbersOf } from '../operations/support/attribute.js'
import { lastOf, sameDims } from '../operations/support/element.js'
import type { OperationName } from '../operations/index.js'
import { operationLike, type Operation, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { rewrite, type RewriteContext, type Rewriting } from './rewrite.js'

type Rule = (operation: Operation, context: RewriteContext) => Rewriting

/**
 * Algebraic clean-up: sums of one term, sums of sums, terms that are zeros, reshapes of reshapes, concatenations of one.
 * An alternative that is zeros adds nothing to a weighted sum, and its weight's gradient is 0 as it is without it.
 */
export const simplify: Pass = {
  name: 'simplify',
  run: (program) =>
    rewrite(program, simplified, (operation, context) => rules.get(operation.operation)?.(operation, context)),
}

const byOperation: Partial<Record<OperationName, Rule>> = {
  add(operation, context) {
    const terms = operation.inputs.flatMap((input) => {
      const producer = context.producer(input)
      return producer?.operation === 'add' && context.uses(input) === 1 ? producer.inputs : [input]
    })
    const kept = terms.filter((term) => !isZeros(term, context))
    const first = kept[0]
    if (first === undefined) return terms[0] === undefined ? undefined : { aliases: [terms[0]] }
    if (kept.length === 1) return { aliases: [first] }
    return changed(operation, kept)
  },
  weighted_sum(operation, context) {
    return withoutZeros(operation, 1, context)
  },
  weighted_sum_gradient(operation, context) {
    return withoutZeros(operation, 2, context)
  },
  relu: keepsZeros,
  max_pool2d: keepsZeros,
  avg_pool2d: keepsZeros,
  global_avg_pool: keepsZeros,
  shift2d: keepsZeros,
  drop_path: keepsZeros,
  scale: keepsZeros,
  reshape(operation, context) {
    const input = operation.inputs[0]
    if (input === undefined) return undefined
    const producer = context.producer(input)
    const [source] = producer?.operation === 'reshape' ? producer.inputs : [input]
    if (source === undefined) return undefined
    if (sameDims(context.shape(source), numbersOf(operation.attributes, 'shape'))) return { aliases: [source] }
    return source === input ? undefined : changed(operation, [source])
  },
  concat_channels(operation) {
    const [first, ...others] = operation.inputs
    return first !== undefined && others.length === 0 ? { aliases: [first] } : undefined
  },
  slice_channels(operation, context) {
    const input = operation.inputs[0]
    if (input === undefined) return undefined
    const width = numberOf(operation.attributes, 'to') - numberOf(operation.attributes, 'from')
    return width === lastOf(context.shape(input)) ? { aliases: [input] } : undefined
  },
}

const rules: ReadonlyMap<string, Rule> = new Map(Object.entries(byOperation))
const simplified: ReadonlySet<string> = new Set(rules.keys())

/** Operations that make zeros of zeros. */
function keepsZeros(operation: Operation, context: RewriteContext): Rewriting {
  const input = operation.inputs[0]
  const output = operation.outputs[0]
  if (input === undefined || output === undefined || !isZeros(input, context)) return undefined
  return { operations: [zerosInPlaceOf(operation, output, context)] }
}

/** Drops the alternatives that are zeros; the first `fixed` inputs are none. */
function withoutZeros(operation: Operation, fixed: number, context: RewriteContext): Rewriting {
  const indices = numbersOf(operation.attributes, 'indices')
  const alternatives = operation.inputs.slice(fixed)
  const kept = alternatives.map((alternative) => !isZeros(alternative, context))
  if (kept.every((each) => each)) return undefined
  const output = operation.outputs[0]
  if (output !== undefined && !kept.some((each) => each))
    return { operations: [zerosInPlaceOf(operation, output, context)] }
  return {
    operations: [
      operationLike(operation, {
        inputs: [...operation.inputs.slice(0, fixed), ...alternatives.filter((_, i) => kept[i])],
        attributes: { ...operation.attributes, indices: indices.filter((_, i) => kept[i]) },
      }),
    ],
  }
}

function isZeros(id: ValueId, context: RewriteContext): boolean {
  return context.producer(id)?.operation === 'zeros'
}

function zerosInPlaceOf(operation: Operation, output: ValueId, context: RewriteContext): Operation {
  return operationLike(operation, {
    operation: 'zeros',
    inputs: [],
    outputs: [output],
    attributes: { shape: context.shape(output) },
  })
}

function changed(operation: Operation, inputs: readonly ValueId[]): Rewriting {
  const same = inputs.length === operation.inputs.length && inputs.every((input, i) => input === operation.inputs[i])
  return same ? undefined : { operations: [operationLike(operation, { inputs })] }
}
