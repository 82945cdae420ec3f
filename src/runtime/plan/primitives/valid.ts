import { paddingOf } from '../../operations/support/window.js'
import { picked, resampling, type AxisMap } from '../../operations/resample2d.js'
import type { ValueId } from '../../program/program.js'
import { demandWeight, numbers, withBias, type LayerContext, type Primitive } from './primitive.js'

/** `conv_valid`: 2-D convolution on windows that lie inside the map. */
export const convValid: Primitive = (context) => {
  const attributes = numbers(context, 'stride', 'dilation', 'groups')
  const convolved = inside(context, (input) =>
    context.builder.one('conv2d', [input, demandWeight(context, 'kernel')], attributes),
  )
  return withBias(context, convolved)
}

/** `depthwise_valid`: depthwise convolution on windows that lie inside the map. */
export const depthwiseValid: Primitive = (context) => {
  const attributes = numbers(context, 'stride', 'dilation')
  return inside(context, (input) =>
    context.builder.one('depthwise2d', [input, demandWeight(context, 'kernel')], attributes),
  )
}

/**
 * The tensor operations pad on all sides. Zeros in front bring the first window that lies inside to a multiple of the
 * stride; the windows before it and behind the last one are then cut off.
 */
function inside(context: LayerContext, convolve: (input: ValueId) => ValueId): ValueId {
  const { builder, input, inputShape, batch, layer } = context
  const window = numbers(context, 'kernel', 'stride', 'dilation')
  const first = Math.ceil(paddingOf(window) / window.stride)
  const zeros = first * window.stride - paddingOf(window)
  const axis = (size: number): AxisMap =>
    picked(Array.from({ length: zeros + size }, (_, place) => (place < zeros ? undefined : place - zeros)))
  const moved =
    zeros === 0
      ? input
      : builder.one('resample2d', [input], resampling(axis(inputShape.height), axis(inputShape.width)))
  const { height, width, channels } = layer.shape
  const convolved = convolve(moved)
  const whole = builder.shape(convolved)
  if (first === 0 && whole[1] === height && whole[2] === width) return convolved
  return builder.one('slice', [convolved], { begin: [0, first, first, 0], size: [batch, height, width, channels] })
}
