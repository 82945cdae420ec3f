import type { Dims, OperationDefinition } from './support/definition.js'
import { at, demandCount, lastOf, show, sizeOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/**
 * scale_channels (x[b,..,c], s) -> y: every channel times its entry of s, which is [c], one for all, or [b,1,..,c], one per
 * image.
 */
export const scaleChannels: OperationDefinition = {
  name: 'scale_channels',
  shapes(inputs) {
    demandCount('scale_channels', inputs, 2)
    demandScales('scale_channels', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const x = at(operation.inputs, 0)
    const s = at(operation.inputs, 1)
    return [
      gradientFor(context, 0, (dy) => builder.one('scale_channels', [dy, s])),
      gradientFor(context, 1, (dy) =>
        builder.one('scale_channels_gradient', [x, dy], { shape: inputShape(context, 1) }),
      ),
    ]
  },
  reference(inputs, outputs, shapes) {
    const [x, s, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const channels = lastOf(at(shapes.inputs, 0))
    const perGroup = (x.length / s.length) * channels
    for (let i = 0; i < y.length; i++) {
      y[i] = at(x, i) * at(s, Math.floor(i / perGroup) * channels + (i % channels))
    }
  },
}

/** Throws unless `s` is a factor per channel of `x`, or one per image and channel. */
export function demandScales(what: string, x: Dims, s: Dims): void {
  const perImage = s.length === x.length && s[0] === x[0] && sizeOf(s) === at(x, 0) * lastOf(x)
  if (lastOf(s) !== lastOf(x) || !(s.length === 1 || perImage)) {
    throw new Error(`${what}: ${show(s)} does not scale ${show(x)}`)
  }
}
