import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame } from './support/element.js'
import { eachPooled, poolFlops } from './support/pool.js'

/** max_pool2d_gradient (x, y, dy) -> dx {kernel, stride}; the first maximum of a window in scan order gets it all. */
export const maxPool2dGradient: OperationDefinition = {
  name: 'max_pool2d_gradient',
  shapes(inputs) {
    demandCount('max_pool2d_gradient', inputs, 3)
    demandSame('max_pool2d_gradient', at(inputs, 1), at(inputs, 2))
    return [at(inputs, 0)]
  },
  flops: (inputs, _, attributes) => poolFlops(at(inputs, 1), attributes),
  reference(inputs, outputs, shapes, attributes) {
    const [x, y, dy, dx] = [at(inputs, 0), at(inputs, 1), at(inputs, 2), at(outputs, 0)]
    const supplied = new Uint8Array(y.length)
    const sums = new Float64Array(dx.length)
    eachPooled(at(shapes.inputs, 0), at(shapes.inputs, 1), attributes, (to, from) => {
      if (supplied[to] === 1 || at(x, from) !== at(y, to)) return
      supplied[to] = 1
      sums[from] = at(sums, from) + at(dy, to)
    })
    dx.set(sums)
  },
}
