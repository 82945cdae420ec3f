import type { Shape } from '../../../space/evaluation/shape.js'
import { Failure } from '../../../catalogue/failure.js'
import { axisMap, resampling, type AxisMap } from '../../operations/resample2d.js'
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
 * with less padding, as in the auxiliary head of DARTS, its windows at stride 1 are picked from the first one on; with more, as on
 * odd maps in the shortcuts of AttentiveNAS, it is a linear map along either axis.
 */
export const avgPool: Primitive = (context) => {
  const { builder, input, layer } = context
  const { kernel, stride, padding } = numbers(context, 'kernel', 'stride', 'padding')
  const skipped = paddingOf({ kernel, stride, dilation: 1 }) - padding
  if (padding >= kernel) throw new Failure('padding-too-wide', { path: layer.path, padding, kernel, most: kernel - 1 })
  // The part of a window inside the map is a rectangle: its mean is that of the means of its rows.
  if (skipped < 0) {
    const { height, width } = mapOf(builder.shape(input))
    const axis = (from: number, to: number): AxisMap => pooledAxis(from, to, { kernel, stride, padding })
    const maps = [axis(height, layer.shape.height), axis(width, layer.shape.width)] as const
    return builder.one('resample2d', [input], resampling(...maps))
  }
  if (skipped === 0) return crop(builder, builder.one('avg_pool2d', [input], { kernel, stride }), layer.shape)
  const everywhere = builder.one('avg_pool2d', [input], { kernel, stride: 1 })
  const fromFirst = builder.one('shift2d', [everywhere], { down: skipped, right: skipped })
  return crop(builder, builder.one('avg_pool2d', [fromFirst], { kernel: 1, stride }), layer.shape)
}

/** Along an axis of `from` places: the mean of every window, of `to` windows, over what of it lies inside. */
function pooledAxis(
  from: number,
  to: number,
  { kernel, stride, padding }: { readonly kernel: number; readonly stride: number; readonly padding: number },
): AxisMap {
  const taps = Array.from({ length: to }, (_, place) => {
    const first = Math.max(0, place * stride - padding)
    const end = Math.min(from, place * stride - padding + kernel)
    return Array.from({ length: end - first }, (_tap, offset) => ({ index: first + offset, weight: 1 / (end - first) }))
  })
  return axisMap(taps)
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
