import { kernelWindowOf, paddingOf, poolWindowOf, windowedSize, type Window } from '../../operations/support/window.js'
import { at } from '../../operations/support/element.js'
import { shapeOf, type InferenceOperation, type InferenceProgram } from '../inference/inference-program.js'

/** Zeros around a map, as windows of tensor programs see them. */
export interface Padding {
  readonly window: Window
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** Padding of the map that a convolution or a pool reads. */
export function paddingAround(program: InferenceProgram, operation: InferenceOperation): Padding {
  const { inputs, attributes } = operation
  const [, height = 1, width = 1] = shapeOf(program, at(inputs, 0))
  const kernel = inputs[1]
  const window = kernel === undefined ? poolWindowOf(attributes) : kernelWindowOf(shapeOf(program, kernel), attributes)
  const before = paddingOf(window)
  const extent = window.dilation * (window.kernel - 1) + 1
  const after = (size: number): number =>
    Math.max(0, (windowedSize(size, window) - 1) * window.stride + extent - size - before)
  return { window, top: before, left: before, bottom: after(height), right: after(width) }
}
