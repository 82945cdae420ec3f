import { describe, expect, it } from 'vitest'
import { buildNetwork, type Network, type Shape } from '../../../src/space/index.js'
import { costOf } from '../../../src/space/cost/index.js'
import { evaluate } from '../../support/bound-steps.js'
import { numbersFrom, randomArray, relativeDifference } from '../../support/numbers.js'
import { compiledText } from '../../support/programs.js'

const program = (input: string): string => `import { conv, global_pool, linear, relu } from std:nn
space images { input image(${input}); classes 3
  network { stem conv(4, 3, stride: 2) -> relu -> conv(4, 3) -> relu; head global_pool -> linear(classes) } }`
const chosen = compiledText(program('one of {4, 8, 12}, 2'))
const fixed = compiledText(program('4, 2'))

function network(option: number, data?: Shape): Network {
  const binding = (): { kind: 'fixed'; options: number[] } => ({ kind: 'fixed', options: [option] })
  return buildNetwork(chosen, 'images', { params: {}, binding, mode: 'standalone', ...(data && { input: data }) })
}

describe('images of another size than the resolution that is chosen', () => {
  it.each([0, 1, 2])('are resized, whether they are larger or smaller, and costs follow the choice %i', (option) => {
    const side = [4, 8, 12][option] ?? 0
    const data = { height: 6, width: 10, channels: 2 }
    const resized = network(option, data)
    expect(resized.input).toEqual(data)
    expect(resized.nodes[1]).toMatchObject({ operation: 'resize', shape: { height: side, width: side, channels: 2 } })
    const { parameters, macs } = costOf(network(option))
    expect(costOf(resized)).toMatchObject({ parameters, macs })
  })

  it('keep their channels', () => {
    const grey = network(1, { height: 28, width: 28, channels: 1 })
    expect(grey.nodes[1]?.shape).toEqual({ height: 8, width: 8, channels: 1 })
    expect(grey.nodes[2]).toMatchObject({ weights: [{ shape: [3, 3, 1, 4] }] })
  })

  it('are means of four pixels at half the size', () => {
    const size = 8
    const images = randomArray([4, size, size, 2], numbersFrom(3))
    const halves = Float64Array.from({ length: images.length / 4 }, (_, at) => {
      const [channel, x, y, image] = [at % 2, (at >> 1) % 4, (at >> 3) % 4, at >> 5]
      const pixel = (down: number, right: number): number =>
        images[((image * size + 2 * y + down) * size + 2 * x + right) * 2 + channel] ?? NaN
      return (pixel(0, 0) + pixel(0, 1) + pixel(1, 0) + pixel(1, 1)) / 4
    })
    const store = new Map<string, Float64Array>()
    const small = evaluate(network(0), store, {}, { images: halves })
    const large = evaluate(network(0, { height: size, width: size, channels: 2 }), store, {}, { images })
    expect(relativeDifference(large.logits, small.logits)).toBeLessThan(1e-12)
  })

  it('are taken as they are where a space has no choice of resolutions', () => {
    const binding = () => {
      throw new Error('nothing is asked')
    }
    const data = { height: 7, width: 5, channels: 1 }
    const built = buildNetwork(fixed, 'images', { params: {}, binding, mode: 'standalone', input: data })
    expect(built.nodes.map(({ path, shape }) => [path, shape.height, shape.width]).slice(0, 2)).toEqual([
      ['input', 7, 5],
      ['stem.conv', 4, 3],
    ])
  })
})
