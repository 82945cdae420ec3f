import type { Attributes, Dims } from './definition.js'
import { at, mapOf, sizeOf } from './element.js'
import { eachTap, poolWindowOf, windowedSize } from './window.js'

/** Shape of a pooled feature map. */
export function pooledShape(input: Dims, attributes: Attributes): Dims {
  const { batch, height, width, channels } = mapOf(input)
  const window = poolWindowOf(attributes)
  return [batch, windowedSize(height, window), windowedSize(width, window), channels]
}

/** One for every element under every window; the same for a pool and its gradient. */
export function poolFlops(output: Dims, attributes: Attributes): number {
  return poolWindowOf(attributes).kernel ** 2 * sizeOf(output)
}

/** Every pair of an output element and an input element under its window, in scan order. */
export function eachPooled(
  input: Dims,
  output: Dims,
  attributes: Attributes,
  visit: (outputElement: number, inputElement: number) => void,
): void {
  const channels = at(input, 3)
  eachTap(input, output, poolWindowOf(attributes), (outputPixel, inputPixel) => {
    for (let channel = 0; channel < channels; channel++)
      visit(outputPixel * channels + channel, inputPixel * channels + channel)
  })
}
