import type { Attributes, Dims, OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, mapOf, show, sizeOf } from './support/element.js'
import { convolutionAdjoint } from './support/convolution-adjoint.js'
import { eachTap, kernelWindowOf, windowedSize } from './support/window.js'

/** conv2d (x[b,h,w,ci], w[k,k,ci/groups,co]) -> y {stride, dilation, groups}. No bias. */
export const conv2d: OperationDefinition = {
  name: 'conv2d',
  shapes(inputs, attributes) {
    demandCount('conv2d', inputs, 2)
    const kernel = at(inputs, 1)
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const groups = numberOf(attributes, 'groups')
    if (kernel.length !== 4 || at(kernel, 2) * groups !== channels || at(kernel, 3) % groups !== 0) {
      throw new Error(
        `conv2d: kernel ${show(kernel)} does not fit ${String(channels)} channels in ${String(groups)} groups`,
      )
    }
    const window = kernelWindowOf(kernel, attributes)
    return [[batch, windowedSize(height, window), windowedSize(width, window), at(kernel, 3)]]
  },
  flops: (inputs, outputs) => convolutionFlops(at(inputs, 1), at(outputs, 0)),
  adjoint(context) {
    const { stride = 1, dilation = 1, groups = 1 } = context.operation.attributes
    return convolutionAdjoint(context, 'conv2d_input_gradient', 'conv2d_filter_gradient', { stride, dilation, groups })
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, kernel, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(y.length)
    eachProduct(at(shapes.inputs, 0), at(shapes.inputs, 1), at(shapes.outputs, 0), attributes, (from, weight, to) => {
      sums[to] = at(sums, to) + at(x, from) * at(kernel, weight)
    })
    y.set(sums)
  },
}

/** Two for every multiply-accumulate; the same for the convolution and both of its gradients. */
export function convolutionFlops(kernel: Dims, output: Dims): number {
  return 2 * at(kernel, 0) * at(kernel, 1) * at(kernel, 2) * sizeOf(output)
}

/** Every product that a convolution sums: indices into the input, the kernel and the output. */
export function eachProduct(
  input: Dims,
  kernel: Dims,
  output: Dims,
  attributes: Attributes,
  visit: (input: number, weight: number, output: number) => void,
): void {
  const channels = at(input, 3)
  const filters = at(kernel, 3)
  const perGroup = at(kernel, 2)
  const filtersPerGroup = filters / numberOf(attributes, 'groups')
  eachTap(input, output, kernelWindowOf(kernel, attributes), (outputPixel, inputPixel, tap) => {
    for (let filter = 0; filter < filters; filter++) {
      const first = Math.floor(filter / filtersPerGroup) * perGroup
      for (let channel = 0; channel < perGroup; channel++) {
        visit(
          inputPixel * channels + first + channel,
          (tap * perGroup + channel) * filters + filter,
          outputPixel * filters + filter,
        )
      }
    }
  })
}
