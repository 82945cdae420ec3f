import { definitionOf } from '../operations/index.js'
import { at } from '../operations/support/element.js'
import type { ProgramBuilder } from './builder.js'
import type { ValueId } from './program.js'

/**
 * Reverse-mode differentiation as a transformation of the program: emits into the same builder the operations that give
 * the gradient of the scalar `loss` with respect to each value of `wrt`, and nothing that does not lead to one of them.
 * They are marked as the backward pass. Gradients of a value that is read more than once are summed with `add`. An entry is `undefined` where the loss does
 * not depend on the value, or only through operations whose outputs count as constants. Throws an Error if the loss is no scalar or an operation on the way has no adjoint.
 */
export function gradients(
  builder: ProgramBuilder,
  loss: ValueId,
  wrt: readonly ValueId[],
): readonly (ValueId | undefined)[] {
  if (builder.shape(loss).length !== 0) throw new Error('only a scalar has gradients')
  const forward = builder.operations.slice()
  const outer = { origin: builder.origin, phase: builder.phase }

  // By value, 1 if it depends on one of `wrt`.
  const active = new Uint8Array(builder.size)
  for (const id of wrt) active[id] = 1
  const isActive = (id: ValueId): boolean => active[id] === 1
  for (let index = 0; index < forward.length; index++) {
    const { operation, inputs, outputs } = at(forward, index)
    if (!inputs.some(isActive) || definitionOf(operation).isConstant === true) continue
    for (let i = 0; i < outputs.length; i++) active[at(outputs, i)] = 1
  }
  if (!isActive(loss)) return wrt.map(() => undefined)

  const contributions = new Array<ValueId[] | undefined>(active.length).fill(undefined)
  const gradientOf = (id: ValueId): ValueId | undefined => {
    const parts = contributions[id]
    if (parts === undefined || parts.length <= 1) return parts?.[0]
    const sum = builder.one('add', parts)
    contributions[id] = [sum]
    return sum
  }
  const contribute = (id: ValueId, gradient: ValueId): void => {
    const parts = contributions[id]
    if (parts === undefined) contributions[id] = [gradient]
    else parts.push(gradient)
  }

  const leadsToLoss = (output: ValueId): boolean => contributions[output] !== undefined && isActive(output)

  builder.phase = 'backward'
  contribute(loss, builder.one('fill', [], { shape: [], value: 1 }))
  for (let index = forward.length - 1; index >= 0; index--) {
    const operation = at(forward, index)
    if (!operation.outputs.some(leadsToLoss)) continue
    builder.origin = operation.origin
    const outputGradients = operation.outputs.map(gradientOf)
    const needsGradient = operation.inputs.map(isActive)
    const definition = definitionOf(operation.operation)
    if (definition.adjoint === undefined) throw new Error(`${operation.operation} cannot be differentiated`)
    const inputGradients = definition.adjoint({ operation, builder, outputGradients, needsGradient })
    for (let i = 0; i < inputGradients.length; i++) {
      const gradient = inputGradients[i]
      const input = operation.inputs[i]
      if (gradient !== undefined && input !== undefined) contribute(input, gradient)
    }
  }
  builder.origin = outer.origin
  const found = wrt.map(gradientOf)
  builder.phase = outer.phase
  return found
}
