import type { ValueId } from '../../program/program.js'
import type { AdjointContext } from './definition.js'
import { at } from './element.js'

/**
 * The gradient of one input, emitted from the gradient of the first output: `undefined` where that output has none or
 * where nobody wants it.
 */
export function gradientFor(
  context: AdjointContext,
  input: number,
  emit: (outputGradient: ValueId) => ValueId,
): ValueId | undefined {
  const outputGradient = context.outputGradients[0]
  return outputGradient !== undefined && context.needsGradient[input] === true ? emit(outputGradient) : undefined
}

/** Shape of an input of the operation whose adjoint is emitted. */
export function inputShape(context: AdjointContext, input: number): readonly number[] {
  return context.builder.shape(at(context.operation.inputs, input))
}
