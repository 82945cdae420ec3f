import type { OperationDefinition } from './support/definition.js'
import { at, demandSame, lastOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** concat_channels (x1..xn) -> y, along the last axis. */
export const concatChannels: OperationDefinition = {
  name: 'concat_channels',
  shapes(inputs) {
    const leading = at(inputs, 0).slice(0, -1)
    for (const each of inputs) demandSame('concat_channels', each.slice(0, -1), leading)
    return [[...leading, inputs.reduce((channels, each) => channels + lastOf(each), 0)]]
  },
  adjoint(context) {
    let from = 0
    return context.operation.inputs.map((_, input) => {
      const start = from
      from += lastOf(inputShape(context, input))
      return gradientFor(context, input, (dy) => context.builder.one('slice_channels', [dy], { from: start, to: from }))
    })
  },
  reference(inputs, outputs, shapes) {
    const y = at(outputs, 0)
    const total = lastOf(at(shapes.outputs, 0))
    let start = 0
    inputs.forEach((x, input) => {
      const channels = lastOf(at(shapes.inputs, input))
      for (let i = 0; i < x.length; i++) y[Math.floor(i / channels) * total + start + (i % channels)] = at(x, i)
      start += channels
    })
  },
}
