import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, lastOf, show } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** pad_channels (x) -> y {from, channels}: x stands at channel `from` of `channels`, zeros elsewhere. */
export const padChannels: OperationDefinition = {
  name: 'pad_channels',
  shapes(inputs, attributes) {
    demandCount('pad_channels', inputs, 1)
    const x = at(inputs, 0)
    const from = numberOf(attributes, 'from')
    const channels = numberOf(attributes, 'channels')
    if (from < 0 || from + lastOf(x) > channels) {
      throw new Error(`pad_channels: ${show(x)} at ${String(from)} does not fit ${String(channels)} channels`)
    }
    return [[...x.slice(0, -1), channels]]
  },
  adjoint(context) {
    const from = numberOf(context.operation.attributes, 'from')
    const to = from + lastOf(inputShape(context, 0))
    return [gradientFor(context, 0, (dy) => context.builder.one('slice_channels', [dy], { from, to }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const from = numberOf(attributes, 'from')
    const [some, all] = [lastOf(at(shapes.inputs, 0)), lastOf(at(shapes.outputs, 0))]
    y.fill(0)
    for (let i = 0; i < x.length; i++) y[Math.floor(i / some) * all + from + (i % some)] = at(x, i)
  },
}
