import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { convolutionFlops, eachProduct } from './conv2d.js'
import { at, demandCount, mapOf } from './support/element.js'

/** conv2d_input_gradient (dy, w) -> dx {stride, dilation, groups, inputHeight, inputWidth}. */
export const conv2dInputGradient: OperationDefinition = {
  name: 'conv2d_input_gradient',
  shapes(inputs, attributes) {
    demandCount('conv2d_input_gradient', inputs, 2)
    const { batch } = mapOf(at(inputs, 0))
    const channels = at(at(inputs, 1), 2) * numberOf(attributes, 'groups')
    return [[batch, numberOf(attributes, 'inputHeight'), numberOf(attributes, 'inputWidth'), channels]]
  },
  flops: (inputs) => convolutionFlops(at(inputs, 1), at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [dy, kernel, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(dx.length)
    eachProduct(at(shapes.outputs, 0), at(shapes.inputs, 1), at(shapes.inputs, 0), attributes, (from, weight, to) => {
      sums[from] = at(sums, from) + at(dy, to) * at(kernel, weight)
    })
    dx.set(sums)
  },
}
