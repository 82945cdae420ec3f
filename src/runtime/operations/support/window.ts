import type { Attributes, Dims } from './definition.js'
import { numberOf } from './attribute.js'
import { mapOf } from './element.js'

/** Geometry of a sliding window: convolutions, depthwise convolutions and pools. */
export interface Window {
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
}

/** Zeros on the top and the left (the bottom and the right get what keeps ceil(size / stride)). */
export function paddingOf(window: Window): number {
  return Math.floor((window.dilation * (window.kernel - 1)) / 2)
}

/** Height or width of the output. */
export function windowedSize(size: number, window: Pick<Window, 'stride'>): number {
  return Math.ceil(size / window.stride)
}

/** The window of a pool, which has no dilation. */
export function poolWindowOf(attributes: Attributes): Window {
  return { kernel: numberOf(attributes, 'kernel'), stride: numberOf(attributes, 'stride'), dilation: 1 }
}

/** The window of a convolution whose kernel has the given shape. */
export function kernelWindowOf(kernel: Dims, attributes: Attributes): Window {
  const height = kernel[0]
  const width = kernel[1]
  if (height === undefined || height !== width) throw new Error(`a kernel must be square, not [${kernel.join(',')}]`)
  return { kernel: height, stride: numberOf(attributes, 'stride'), dilation: numberOf(attributes, 'dilation') }
}

/**
 * Calls `visit` for every pair of an output pixel and an input pixel that a window joins; windows in scan order, and the
 * pixels of a window in scan order. Pixels count over batch, height and width; `tap` is the position in the kernel,
 * row by row. What falls into the padding is left out.
 */
export function eachTap(
  input: Dims,
  output: Dims,
  window: Window,
  visit: (outputPixel: number, inputPixel: number, tap: number) => void,
): void {
  const from = mapOf(input)
  const to = mapOf(output)
  const padding = paddingOf(window)
  for (let batch = 0; batch < to.batch; batch++) {
    for (let row = 0; row < to.height; row++) {
      for (let column = 0; column < to.width; column++) {
        const outputPixel = (batch * to.height + row) * to.width + column
        for (let down = 0; down < window.kernel; down++) {
          const y = row * window.stride - padding + down * window.dilation
          if (y < 0 || y >= from.height) continue
          for (let right = 0; right < window.kernel; right++) {
            const x = column * window.stride - padding + right * window.dilation
            if (x < 0 || x >= from.width) continue
            visit(outputPixel, (batch * from.height + y) * from.width + x, down * window.kernel + right)
          }
        }
      }
    }
  }
}
