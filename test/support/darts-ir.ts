import type { Ir } from '../../src/ir/model/ir.js'
import { dartsIr as written } from './darts-ir-without-norms.js'

/** The IR that the tests of elaboration write by hand, with what costs do not need: epsilon and momentum. */
export const dartsIr: Ir = {
  ...written,
  operations: written.operations.map((operation) => {
    const missing = [real('epsilon', 1e-5), real('momentum', 0.1)].filter(
      ({ name }) => !operation.parameters.some((parameter) => parameter.name === name),
    )
    return operation.id === 'std:nn.bn'
      ? { ...operation, parameters: [...operation.parameters, ...missing] }
      : operation
  }),
}

function real(name: string, value: number) {
  return { name, type: 'real', default: { kind: 'number', value } } as const
}
