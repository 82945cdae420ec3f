import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, mapOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** shift2d (x) -> y {down, right}: y[h,w] = x[h+down, w+right], 0 outside. */
export const shift2d: OperationDefinition = {
  name: 'shift2d',
  shapes(inputs) {
    demandCount('shift2d', inputs, 1)
    mapOf(at(inputs, 0))
    return [at(inputs, 0)]
  },
  adjoint(context) {
    const { attributes } = context.operation
    const back = { down: negated(numberOf(attributes, 'down')), right: negated(numberOf(attributes, 'right')) }
    return [gradientFor(context, 0, (dy) => context.builder.one('shift2d', [dy], back))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const { batch, height, width, channels } = mapOf(at(shapes.inputs, 0))
    const [down, right] = [numberOf(attributes, 'down'), numberOf(attributes, 'right')]
    y.fill(0)
    for (let image = 0; image < batch; image++) {
      for (let row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
        for (let column = Math.max(0, -right); column < Math.min(width, width - right); column++) {
          const to = ((image * height + row) * width + column) * channels
          const from = to + (down * width + right) * channels
          for (let channel = 0; channel < channels; channel++) y[to + channel] = at(x, from + channel)
        }
      }
    }
  },
}

/** Without a negative zero, which would print and compare unlike 0. */
function negated(value: number): number {
  return value === 0 ? 0 : -value
}
