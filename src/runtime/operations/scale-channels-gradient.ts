import { numbersOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'
import { demandScales } from './scale-channels.js'

/** scale_channels_gradient (x, dy) -> ds {shape}: sums of x * dy over all positions that a factor scales. */
export const scaleChannelsGradient: OperationDefinition = {
  name: 'scale_channels_gradient',
  shapes(inputs, attributes) {
    demandCount('scale_channels_gradient', inputs, 2)
    demandSame('scale_channels_gradient', at(inputs, 0), at(inputs, 1))
    const shape = numbersOf(attributes, 'shape')
    demandScales('scale_channels_gradient', at(inputs, 0), shape)
    return [shape]
  },
  flops: (inputs) => 2 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes) {
    const [x, dy, ds] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const channels = lastOf(at(shapes.inputs, 0))
    const perGroup = (x.length / ds.length) * channels
    const sums = new Float64Array(ds.length)
    for (let i = 0; i < x.length; i++) {
      const position = Math.floor(i / perGroup) * channels + (i % channels)
      sums[position] = at(sums, position) + at(x, i) * at(dy, i)
    }
    ds.set(sums)
  },
}
