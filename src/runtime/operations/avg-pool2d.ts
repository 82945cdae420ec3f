import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, mapOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'
import { eachPooled, pooledShape, poolFlops } from './support/pool.js'

/** avg_pool2d (x) -> y {kernel, stride}: mean over the part of the window that lies inside the map. */
export const avgPool2d: OperationDefinition = {
  name: 'avg_pool2d',
  shapes(inputs, attributes) {
    demandCount('avg_pool2d', inputs, 1)
    return [pooledShape(at(inputs, 0), attributes)]
  },
  flops: (_, outputs, attributes) => poolFlops(at(outputs, 0), attributes),
  adjoint(context) {
    const { builder, operation } = context
    const { kernel = 1, stride = 1 } = operation.attributes
    const { height, width } = mapOf(inputShape(context, 0))
    return [
      gradientFor(context, 0, (dy) =>
        builder.one('avg_pool2d_gradient', [dy], { kernel, stride, inputHeight: height, inputWidth: width }),
      ),
    ]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const sums = new Float64Array(y.length)
    const counts = new Float64Array(y.length)
    eachPooled(at(shapes.inputs, 0), at(shapes.outputs, 0), attributes, (to, from) => {
      sums[to] = at(sums, to) + at(x, from)
      counts[to] = at(counts, to) + 1
    })
    for (let i = 0; i < y.length; i++) y[i] = at(sums, i) / at(counts, i)
  },
}
