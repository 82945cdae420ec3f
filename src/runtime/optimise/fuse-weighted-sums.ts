import { numberOf, numbersOf } from '../operations/support/attribute.js'
import { operationLike, type Operation, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { rewrite, type RewriteContext } from './rewrite.js'

const sums: ReadonlySet<string> = new Set(['add'])

/** Terms `weights[indices[i]] * values[i]` of one vector of weights. */
interface Terms {
  readonly weights: ValueId
  readonly indices: readonly number[]
  readonly values: readonly ValueId[]
}

/**
 * A sum of weighted sums with the same weights is one weighted sum: all edges into a node in one pass over memory, and
 * one gradient of their weights. In the backward pass the same holds for a value that several decisions weigh.
 */
export const fuseWeightedSums: Pass = {
  name: 'fuse-weighted-sums',
  run(program) {
    return rewrite(program, sums, (operation, context) => {
      const groups = new Map<ValueId, Terms[]>()
      const others: ValueId[] = []
      for (const input of operation.inputs) {
        const terms = termsOf(input, context)
        if (terms === undefined) others.push(input)
        else {
          const group = groups.get(terms.weights)
          if (group === undefined) groups.set(terms.weights, [terms])
          else group.push(terms)
        }
      }
      if (groups.size + others.length === operation.inputs.length) return undefined
      return { operations: sumOf(operation, groups, others, context) }
    })
  },
}

function termsOf(id: ValueId, context: RewriteContext): Terms | undefined {
  const producer = context.producer(id)
  if (producer === undefined || context.uses(id) !== 1) return undefined
  const [weights, ...values] = producer.inputs
  if (weights === undefined) return undefined
  if (producer.operation === 'weighted_sum')
    return { weights, indices: numbersOf(producer.attributes, 'indices'), values }
  if (producer.operation === 'scale_by_entry')
    return { weights, indices: [numberOf(producer.attributes, 'index')], values }
  return undefined
}

function sumOf(
  add: Operation,
  groups: ReadonlyMap<ValueId, readonly Terms[]>,
  others: readonly ValueId[],
  context: RewriteContext,
): readonly Operation[] {
  const alone = groups.size === 1 && others.length === 0
  const fused = [...groups].map(([weights, terms]) =>
    operationLike(add, {
      operation: 'weighted_sum',
      inputs: [weights, ...terms.flatMap(({ values }) => values)],
      outputs: alone ? add.outputs : add.outputs.map((id) => context.temporary(context.shape(id))),
      attributes: { indices: terms.flatMap(({ indices }) => indices) },
    }),
  )
  if (alone) return fused
  return [...fused, operationLike(add, { inputs: [...others, ...fused.flatMap(({ outputs }) => outputs)] })]
}
