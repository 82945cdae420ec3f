import type { OperationDefinition } from './support/definition.js'
import { at, demandCount } from './support/element.js'
import { gradientFor } from './support/gradient.js'
import { eachPooled, pooledShape, poolFlops } from './support/pool.js'

/** max_pool2d (x) -> y {kernel, stride}; the padding never wins. */
export const maxPool2d: OperationDefinition = {
  name: 'max_pool2d',
  shapes(inputs, attributes) {
    demandCount('max_pool2d', inputs, 1)
    return [pooledShape(at(inputs, 0), attributes)]
  },
  flops: (_, outputs, attributes) => poolFlops(at(outputs, 0), attributes),
  adjoint(context) {
    const { builder, operation } = context
    const x = at(operation.inputs, 0)
    const y = at(operation.outputs, 0)
    return [gradientFor(context, 0, (dy) => builder.one('max_pool2d_gradient', [x, y, dy], operation.attributes))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    y.fill(-Infinity)
    eachPooled(at(shapes.inputs, 0), at(shapes.outputs, 0), attributes, (to, from) => {
      y[to] = Math.max(at(y, to), at(x, from))
    })
  },
}
