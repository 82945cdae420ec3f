import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, lastOf, show } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** slice_channels (x) -> y {from, to}: channels `from` up to, but not with, `to` of the last axis. */
export const sliceChannels: OperationDefinition = {
  name: 'slice_channels',
  shapes(inputs, attributes) {
    demandCount('slice_channels', inputs, 1)
    const x = at(inputs, 0)
    const from = numberOf(attributes, 'from')
    const to = numberOf(attributes, 'to')
    if (from < 0 || to <= from || to > lastOf(x)) {
      throw new Error(`slice_channels: ${String(from)}..${String(to)} is outside of ${show(x)}`)
    }
    return [[...x.slice(0, -1), to - from]]
  },
  adjoint(context) {
    const from = numberOf(context.operation.attributes, 'from')
    const channels = lastOf(inputShape(context, 0))
    return [gradientFor(context, 0, (dy) => context.builder.one('pad_channels', [dy], { from, channels }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const from = numberOf(attributes, 'from')
    const [all, some] = [lastOf(at(shapes.inputs, 0)), lastOf(at(shapes.outputs, 0))]
    for (let i = 0; i < y.length; i++) y[i] = at(x, Math.floor(i / some) * all + from + (i % some))
  },
}
