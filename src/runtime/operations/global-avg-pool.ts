import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, mapOf, sizeOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** global_avg_pool (x[b,h,w,c]) -> y[b,1,1,c]. */
export const globalAvgPool: OperationDefinition = {
  name: 'global_avg_pool',
  shapes(inputs) {
    demandCount('global_avg_pool', inputs, 1)
    const { batch, channels } = mapOf(at(inputs, 0))
    return [[batch, 1, 1, channels]]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { height, width } = mapOf(inputShape(context, 0))
    return [
      gradientFor(context, 0, (dy) =>
        context.builder.one('global_avg_pool_gradient', [dy], { inputHeight: height, inputWidth: width }),
      ),
    ]
  },
  reference(inputs, outputs, shapes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const { height, width, channels } = mapOf(at(shapes.inputs, 0))
    const sums = new Float64Array(y.length)
    for (let i = 0; i < x.length; i++) {
      const to = Math.floor(i / (height * width * channels)) * channels + (i % channels)
      sums[to] = at(sums, to) + at(x, i)
    }
    for (let i = 0; i < y.length; i++) y[i] = at(sums, i) / (height * width)
  },
}
