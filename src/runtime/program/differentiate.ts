import { definitionOf } from '../operations/index.js'
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
  const forward = [...builder.operations]
  const outer = { origin: builder.origin, phase: builder.phase }

  const active = new Set(wrt)
  for (const { operation, inputs, outputs } of forward) {
    if (definitionOf(operation).isConstant === true) continue
    if (inputs.some((input) => active.has(input))) for (const output of outputs) active.add(output)
  }
  if (!active.has(loss)) return wrt.map(() => undefined)

  const contributions = new Map<ValueId, ValueId[]>()
  const gradientOf = (id: ValueId): ValueId | undefined => {
    const parts = contributions.get(id)
    const [first] = parts ?? []
    if (parts === undefined || first === undefined) return undefined
    if (parts.length === 1) return first
    const sum = builder.one('add', parts)
    contributions.set(id, [sum])
    return sum
  }
  const contribute = (id: ValueId, gradient: ValueId): void => {
    const parts = contributions.get(id)
    if (parts === undefined) contributions.set(id, [gradient])
    else parts.push(gradient)
  }

  builder.phase = 'backward'
  contribute(loss, builder.one('fill', [], { shape: [], value: 1 }))
  for (const operation of forward.toReversed()) {
    if (!operation.outputs.some((output) => contributions.has(output) && active.has(output))) continue
    builder.origin = operation.origin
    const outputGradients = operation.outputs.map(gradientOf)
    const needsGradient = operation.inputs.map((input) => active.has(input))
    const definition = definitionOf(operation.operation)
    if (definition.adjoint === undefined) throw new Error(`${operation.operation} cannot be differentiated`)
    const inputGradients = definition.adjoint({ operation, builder, outputGradients, needsGradient })
    inputGradients.forEach((gradient, position) => {
      const input = operation.inputs[position]
      if (gradient !== undefined && input !== undefined) contribute(input, gradient)
    })
  }
  builder.origin = outer.origin
  const found = wrt.map(gradientOf)
  builder.phase = outer.phase
  return found
}
