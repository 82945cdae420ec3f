import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, mapOf } from './support/element.js'
import { eachPooled, poolFlops } from './support/pool.js'

/** avg_pool2d_gradient (dy) -> dx {kernel, stride, inputHeight, inputWidth}. */
export const avgPool2dGradient: OperationDefinition = {
  name: 'avg_pool2d_gradient',
  shapes(inputs, attributes) {
    demandCount('avg_pool2d_gradient', inputs, 1)
    const { batch, channels } = mapOf(at(inputs, 0))
    return [[batch, numberOf(attributes, 'inputHeight'), numberOf(attributes, 'inputWidth'), channels]]
  },
  flops: (inputs, _, attributes) => poolFlops(at(inputs, 0), attributes),
  reference(inputs, outputs, shapes, attributes) {
    const [dy, dx] = [at(inputs, 0), at(outputs, 0)]
    const counts = new Float64Array(dy.length)
    const sums = new Float64Array(dx.length)
    eachPooled(at(shapes.outputs, 0), at(shapes.inputs, 0), attributes, (to) => {
      counts[to] = at(counts, to) + 1
    })
    eachPooled(at(shapes.outputs, 0), at(shapes.inputs, 0), attributes, (to, from) => {
      sums[from] = at(sums, from) + at(dy, to) / at(counts, to)
    })
    dx.set(sums)
  },
}
