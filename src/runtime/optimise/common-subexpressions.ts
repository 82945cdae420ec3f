import type { Operation, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'
import { rewrite } from './rewrite.js'

/**
 * Computes the same operation on the same inputs once: the activations and the pools (with their batch norms, as long as
 * these have no weights) of one state serve all edges that leave it. Sound because no variable is read after its update.
 */
export const commonSubexpressions: Pass = {
  name: 'common-subexpressions',
  run(program) {
    const known = new Map<string, readonly ValueId[]>()
    return rewrite(program, (operation) => {
      if (operation.updates !== undefined) return undefined
      const key = keyOf(operation)
      const outputs = known.get(key)
      if (outputs !== undefined) return { aliases: outputs }
      known.set(key, operation.outputs)
      return undefined
    })
  },
}

function keyOf({ operation, inputs, attributes }: Operation): string {
  return `${operation}(${inputs.join()})${JSON.stringify(attributes)}`
}
