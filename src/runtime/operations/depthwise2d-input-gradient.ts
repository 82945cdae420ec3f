import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { depthwiseFlops, eachDepthwiseProduct } from './depthwise2d.js'
import { at, demandCount, mapOf } from './support/element.js'

/** depthwise2d_input_gradient (dy, w) -> dx {stride, dilation, inputHeight, inputWidth}. */
export const depthwise2dInputGradient: OperationDefinition = {
  name: 'depthwise2d_input_gradient',
  shapes(inputs, attributes) {
    demandCount('depthwise2d_input_gradient', inputs, 2)
    const { batch, channels } = mapOf(at(inputs, 0))
    return [[batch, numberOf(attributes, 'inputHeight'), numberOf(attributes, 'inputWidth'), channels]]
  },
  flops: (inputs) => depthwiseFlops(at(inputs, 1), at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [dy, kernel, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(dx.length)
    eachDepthwiseProduct(
      at(shapes.outputs, 0),
      at(shapes.inputs, 1),
      at(shapes.inputs, 0),
      attributes,
      (from, weight, to) => {
        sums[from] = at(sums, from) + at(dy, to) * at(kernel, weight)
      },
    )
    dx.set(sums)
  },
}
