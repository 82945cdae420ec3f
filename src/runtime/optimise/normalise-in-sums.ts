import { booleanOf, numberOf, numbersOf } from '../operations/attribute.js'
import { at } from '../operations/element.js'
import type { Operation, Program, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/**
 * Batch norms without weights whose outputs go into weighted sums alone, as those at the end of every alternative: the sum
 * reads what they would read and normalises on the way, by a factor per channel and one term for all. The normalised maps
 * are never stored. Runs after `normalised-alternatives`, which takes the gradients of the sums' weights off these maps, and
 * after `dead-code`.
 */
export const normaliseInSums: Pass = {
  name: 'normalise-in-sums',
  needsFusedKernels: true,
  run(program) {
    const norms = normsOf(program)
    return norms.size === 0 ? program : apply(program, norms)
  },
}

/** Batch norms by the value that they make, where weighted sums read it and nothing else does. */
function normsOf({ operations, outputs }: Program): ReadonlyMap<ValueId, Operation> {
  const norms = new Map<ValueId, Operation>()
  for (const operation of operations) {
    if (operation.operation !== 'batch_norm_train' || booleanOf(operation.attributes, 'affine')) continue
    norms.set(at(operation.outputs, 0), operation)
  }
  for (const id of Object.values(outputs)) norms.delete(id)
  const summed = new Set<ValueId>()
  for (const { operation, inputs } of operations) {
    inputs.forEach((id, position) => {
      if (operation === 'weighted_sum' && position > 0) summed.add(id)
      else norms.delete(id)
    })
  }
  return new Map([...norms].filter(([id]) => summed.has(id)))
}

function apply(program: Program, norms: ReadonlyMap<ValueId, Operation>): Program {
  const made = new Set(norms.values())
  const operations = program.operations.map((operation): Operation => {
    if (made.has(operation)) {
      return {
        ...operation,
        operation: 'batch_norm_statistics',
        outputs: operation.outputs.slice(1),
        attributes: { epsilon: numberOf(operation.attributes, 'epsilon') },
      }
    }
    if (operation.operation !== 'weighted_sum') return operation
    const [weights, ...terms] = operation.inputs
    const normalised = [...terms.keys()].filter((position) => norms.has(at(terms, position)))
    if (weights === undefined || normalised.length === 0) return operation
    const normOf = (id: ValueId): Operation | undefined => norms.get(id)
    return {
      ...operation,
      operation: 'normalised_weighted_sum',
      inputs: [
        weights,
        ...terms.map((id) => normOf(id)?.inputs[0] ?? id),
        ...normalised.flatMap((position) => {
          const norm = normOf(at(terms, position))
          return norm === undefined ? [] : [at(norm.outputs, 1), at(norm.outputs, 3)]
        }),
      ],
      attributes: { indices: numbersOf(operation.attributes, 'indices'), normalised },
    }
  })
  return { ...program, operations }
}
