import type { Shape } from '../../../space/evaluation/shape.js'
import { Failure } from '../../../catalogue/failure.js'
import { paddingOf } from '../../operations/support/window.js'
import type { ProgramBuilder } from '../../program/builder.js'
import { mapOf } from '../../operations/support/element.js'
import type { ValueId } from '../../program/program.js'
import { numbers, type Primitive } from './primitive.js'

/** `max_pool`: maximum over a window. */
export const maxPool: Primitive = (context) =>
  context.builder.one('max_pool2d', [context.input], numbers(context, 'kernel', 'stride'))

/**
 * `avg_pool`: mean over the part of a window inside the map. The tensor operation always pads by floor((kernel - 1) / 2);
 * with less padding, as in the auxiliary head of DARTS, its windows at stride 1 are picked from the first one on.
 */
export const avgPool: Primitive = (context) => {
  const { builder, input, layer } = context
  const { kernel, stride, padding } = numbers(context, 'kernel', 'stride', 'padding')
  const skipped = paddingOf({ kernel, stride, dilation: 1 }) - padding
  if (skipped < 0) {
    throw new Failure('padding-too-wide', { path: layer.path, padding, kernel, most: skipped + padding })
  }
  if (skipped === 0) return crop(builder, builder.one('avg_pool2d', [input], { kernel, stride }), layer.shape)
  const everywhere = builder.one('avg_pool2d', [input], { kernel, stride: 1 })
  const fromFirst = builder.one('shift2d', [everywhere], { down: skipped, right: skipped })
  return crop(builder, builder.one('avg_pool2d', [fromFirst], { kernel: 1, stride }), layer.shape)
}

/** `global_pool`: mean over all positions. */
export const globalPool: Primitive = ({ builder, input }) => builder.one('global_avg_pool', [input])

/** The upper left part of a feature map. */
function crop(builder: ProgramBuilder, map: ValueId, to: Shape): ValueId {
  const { batch, height, width, channels } = mapOf(builder.shape(map))
  if (height === to.height && width === to.width) return map
  const images = builder.one('reshape', [map], { shape: [batch, height * width * channels] })
  const rows = builder.one('slice_channels', [images], { from: 0, to: to.height * width * channels })
  const lines = builder.one('reshape', [rows], { shape: [batch * to.height, width * channels] })
  const columns = builder.one('slice_channels', [lines], { from: 0, to: to.width * channels })
  return builder.one('reshape', [columns], { shape: [batch, to.height, to.width, channels] })
}
