import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, mapOf, sizeOf } from './support/element.js'

/** global_avg_pool_gradient (dy[b,1,1,c]) -> dx {inputHeight, inputWidth}. */
export const globalAvgPoolGradient: OperationDefinition = {
  name: 'global_avg_pool_gradient',
  shapes(inputs, attributes) {
    demandCount('global_avg_pool_gradient', inputs, 1)
    const { batch, channels } = mapOf(at(inputs, 0))
    return [[batch, numberOf(attributes, 'inputHeight'), numberOf(attributes, 'inputWidth'), channels]]
  },
  flops: (_, outputs) => sizeOf(at(outputs, 0)),
  reference(inputs, outputs, shapes) {
    const [dy, dx] = [at(inputs, 0), at(outputs, 0)]
    const { height, width, channels } = mapOf(at(shapes.outputs, 0))
    for (let i = 0; i < dx.length; i++) {
      const from = Math.floor(i / (height * width * channels)) * channels + (i % channels)
      dx[i] = at(dy, from) / (height * width)
    }
  },
}
