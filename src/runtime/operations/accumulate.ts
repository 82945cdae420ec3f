import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/** accumulate (variable, value) -> (): variable += value. */
export const accumulate: OperationDefinition = {
  name: 'accumulate',
  shapes(inputs) {
    demandCount('accumulate', inputs, 2)
    demandSame('accumulate', at(inputs, 0), at(inputs, 1))
    return []
  },
  updates: [0],
  flops: (inputs) => sizeOf(at(inputs, 0)),
  reference(inputs) {
    const [variable, value] = [at(inputs, 0), at(inputs, 1)]
    for (let i = 0; i < variable.length; i++) variable[i] = at(variable, i) + at(value, i)
  },
}
