import type { ValueId } from '../../program/program.js'
import type { AdjointContext, Attributes } from './definition.js'
import { at, mapOf } from './element.js'
import { gradientFor, inputShape } from './gradient.js'

/** Gradients of the map and of the kernel of a convolution, by the operations of these names with the same attributes. */
export function convolutionAdjoint(
  context: AdjointContext,
  inputGradient: 'conv2d_input_gradient' | 'depthwise2d_input_gradient',
  filterGradient: 'conv2d_filter_gradient' | 'depthwise2d_filter_gradient',
  attributes: Attributes,
): readonly (ValueId | undefined)[] {
  const { builder, operation } = context
  const x = at(operation.inputs, 0)
  const kernel = at(operation.inputs, 1)
  const { height: inputHeight, width: inputWidth } = mapOf(inputShape(context, 0))
  const size = at(inputShape(context, 1), 0)
  return [
    gradientFor(context, 0, (dy) =>
      builder.one(inputGradient, [dy, kernel], { ...attributes, inputHeight, inputWidth }),
    ),
    gradientFor(context, 1, (dy) => builder.one(filterGradient, [x, dy], { ...attributes, kernel: size })),
  ]
}
