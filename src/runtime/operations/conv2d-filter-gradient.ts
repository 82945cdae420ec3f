import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { convolutionFlops, eachProduct } from './conv2d.js'
import { at, demandCount, mapOf } from './support/element.js'

/** conv2d_filter_gradient (x, dy) -> dw {stride, dilation, groups, kernel}. */
export const conv2dFilterGradient: OperationDefinition = {
  name: 'conv2d_filter_gradient',
  shapes(inputs, attributes) {
    demandCount('conv2d_filter_gradient', inputs, 2)
    const kernel = numberOf(attributes, 'kernel')
    const perGroup = mapOf(at(inputs, 0)).channels / numberOf(attributes, 'groups')
    return [[kernel, kernel, perGroup, mapOf(at(inputs, 1)).channels]]
  },
  flops: (inputs, outputs) => convolutionFlops(at(outputs, 0), at(inputs, 1)),
  reference(inputs, outputs, shapes, attributes) {
    const [x, dy, dw] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(dw.length)
    eachProduct(at(shapes.inputs, 0), at(shapes.outputs, 0), at(shapes.inputs, 1), attributes, (from, weight, to) => {
      sums[weight] = at(sums, weight) + at(x, from) * at(dy, to)
    })
    dw.set(sums)
  },
}
