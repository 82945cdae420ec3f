import type { OperationDefinition } from './support/definition.js'
import { booleanOf } from './support/attribute.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/**
 * batch_norm_train_gradient (x, dy, mean, inverse [, scale]) -> (dx [, dscale, dshift]) {affine}. With n elements per
 * channel and z = (x - mean) * inverse: dshift = sum dy, dscale = sum dy z,
 * dx = scale * inverse * (dy - dshift / n - z * dscale / n).
 */
export const batchNormTrainGradient: OperationDefinition = {
  name: 'batch_norm_train_gradient',
  shapes(inputs, attributes) {
    const affine = booleanOf(attributes, 'affine')
    demandCount('batch_norm_train_gradient', inputs, affine ? 5 : 4)
    const x = at(inputs, 0)
    demandSame('batch_norm_train_gradient', x, at(inputs, 1))
    return affine ? [x, [lastOf(x)], [lastOf(x)]] : [x]
  },
  flops: (inputs) => 11 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes) {
    const [x, dy, mean, inverse] = [at(inputs, 0), at(inputs, 1), at(inputs, 2), at(inputs, 3)]
    const dx = at(outputs, 0)
    const channels = lastOf(at(shapes.inputs, 0))
    const count = x.length / channels
    for (let channel = 0; channel < channels; channel++) {
      const [average, factor] = [at(mean, channel), at(inverse, channel)]
      let dshift = 0
      let dscale = 0
      for (let i = channel; i < x.length; i += channels) {
        dshift += at(dy, i)
        dscale += at(dy, i) * (at(x, i) - average) * factor
      }
      const scale = inputs[4]?.[channel] ?? 1
      for (let i = channel; i < x.length; i += channels) {
        const normal = (at(x, i) - average) * factor
        dx[i] = scale * factor * (at(dy, i) - dshift / count - (normal * dscale) / count)
      }
      const [scaleGradient, shiftGradient] = [outputs[1], outputs[2]]
      if (scaleGradient !== undefined) scaleGradient[channel] = dscale
      if (shiftGradient !== undefined) shiftGradient[channel] = dshift
    }
  },
}
