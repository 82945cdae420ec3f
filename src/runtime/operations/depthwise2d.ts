import type { Attributes, Dims, OperationDefinition } from './support/definition.js'
import { at, demandCount, mapOf, show, sizeOf } from './support/element.js'
import { convolutionAdjoint } from './support/convolution-adjoint.js'
import { eachTap, kernelWindowOf, windowedSize } from './support/window.js'

/** depthwise2d (x[b,h,w,c], w[k,k,c]) -> y {stride, dilation}: every channel with a kernel of its own. */
export const depthwise2d: OperationDefinition = {
  name: 'depthwise2d',
  shapes(inputs, attributes) {
    demandCount('depthwise2d', inputs, 2)
    const kernel = at(inputs, 1)
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    if (kernel.length !== 3 || at(kernel, 2) !== channels) {
      throw new Error(`depthwise2d: kernel ${show(kernel)} does not fit ${String(channels)} channels`)
    }
    const window = kernelWindowOf(kernel, attributes)
    return [[batch, windowedSize(height, window), windowedSize(width, window), channels]]
  },
  flops: (inputs, outputs) => depthwiseFlops(at(inputs, 1), at(outputs, 0)),
  adjoint(context) {
    const { stride = 1, dilation = 1 } = context.operation.attributes
    return convolutionAdjoint(context, 'depthwise2d_input_gradient', 'depthwise2d_filter_gradient', {
      stride,
      dilation,
    })
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, kernel, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(y.length)
    eachDepthwiseProduct(
      at(shapes.inputs, 0),
      at(shapes.inputs, 1),
      at(shapes.outputs, 0),
      attributes,
      (from, weight, to) => {
        sums[to] = at(sums, to) + at(x, from) * at(kernel, weight)
      },
    )
    y.set(sums)
  },
}

/** Two for every multiply-accumulate; the same for the convolution and both of its gradients. */
export function depthwiseFlops(kernel: Dims, output: Dims): number {
  return 2 * at(kernel, 0) * at(kernel, 1) * sizeOf(output)
}

/** Every product that a depthwise convolution sums: indices into the input, the kernel and the output. */
export function eachDepthwiseProduct(
  input: Dims,
  kernel: Dims,
  output: Dims,
  attributes: Attributes,
  visit: (input: number, weight: number, output: number) => void,
): void {
  const channels = at(kernel, 2)
  eachTap(input, output, kernelWindowOf(kernel, attributes), (outputPixel, inputPixel, tap) => {
    for (let channel = 0; channel < channels; channel++) {
      visit(inputPixel * channels + channel, tap * channels + channel, outputPixel * channels + channel)
    }
  })
}
