import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { depthwiseFlops, eachDepthwiseProduct } from './depthwise2d.js'
import { at, demandCount, mapOf } from './support/element.js'

/** depthwise2d_filter_gradient (x, dy) -> dw {stride, dilation, kernel}. */
export const depthwise2dFilterGradient: OperationDefinition = {
  name: 'depthwise2d_filter_gradient',
  shapes(inputs, attributes) {
    demandCount('depthwise2d_filter_gradient', inputs, 2)
    const kernel = numberOf(attributes, 'kernel')
    return [[kernel, kernel, mapOf(at(inputs, 0)).channels]]
  },
  flops: (inputs, outputs) => depthwiseFlops(at(outputs, 0), at(inputs, 1)),
  reference(inputs, outputs, shapes, attributes) {
    const [x, dy, dw] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(dw.length)
    eachDepthwiseProduct(
      at(shapes.inputs, 0),
      at(shapes.outputs, 0),
      at(shapes.inputs, 1),
      attributes,
      (from, weight, to) => {
        sums[weight] = at(sums, weight) + at(x, from) * at(dy, to)
      },
    )
    dw.set(sums)
  },
}
