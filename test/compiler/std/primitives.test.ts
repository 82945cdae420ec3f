import { describe, expect, it } from 'vitest'
import type { LayerNode, Shape } from '../../../src/space/index.js'
import { networksOf, program, refused } from '../../support/chains.js'

const [height, width, channels] = [8, 6, 12]
const positions = height * width

const shape = (...[h, w, c]: readonly [number, number, number]): Shape => ({ height: h, width: w, channels: c })
const same = shape(height, width, channels)
const elements = positions * channels

interface Expected {
  readonly out: Shape
  /** Sizes of the weights by name. */
  readonly weights?: Readonly<Record<string, readonly number[]>>
  readonly macs?: number
  /** What conventions count beside `macs`. */
  readonly extra?: Readonly<Record<string, number>>
}

const relus = { full: elements, ptflops: elements }

const rows: readonly (readonly [string, Expected])[] = [
  [
    'conv(20, 3)',
    { out: shape(8, 6, 20), weights: { kernel: [3, 3, 12, 20] }, macs: 9 * 12 * 20 * 48, extra: { ptflops: 0 } },
  ],
  [
    'conv(20, 5, stride: 2)',
    { out: shape(4, 3, 20), weights: { kernel: [5, 5, 12, 20] }, macs: 25 * 12 * 20 * 12, extra: { ptflops: 0 } },
  ],
  [
    'conv(20, 1, bias: true)',
    {
      out: shape(8, 6, 20),
      weights: { kernel: [1, 1, 12, 20], bias: [20] },
      macs: 12 * 20 * 48,
      extra: { ptflops: 20 * 48 },
    },
  ],
  // Grouped: every output channel sees a quarter of the input channels.
  [
    'conv(20, 3, groups: 4)',
    { out: shape(8, 6, 20), weights: { kernel: [3, 3, 3, 20] }, macs: 9 * 3 * 20 * 48, extra: { ptflops: 0 } },
  ],
  [
    'conv(12, 3, dilation: 2)',
    { out: same, weights: { kernel: [3, 3, 12, 12] }, macs: 9 * 144 * 48, extra: { ptflops: 0 } },
  ],
  [
    'conv_valid(20, 3)',
    { out: shape(6, 4, 20), weights: { kernel: [3, 3, 12, 20] }, macs: 9 * 12 * 20 * 24, extra: { ptflops: 0 } },
  ],
  [
    'conv_valid(20, 3, stride: 2)',
    { out: shape(3, 2, 20), weights: { kernel: [3, 3, 12, 20] }, macs: 9 * 12 * 20 * 6, extra: { ptflops: 0 } },
  ],
  [
    'conv_valid(20, 2, dilation: 3)',
    { out: shape(5, 3, 20), weights: { kernel: [2, 2, 12, 20] }, macs: 4 * 12 * 20 * 15, extra: { ptflops: 0 } },
  ],
  ['depthwise(5)', { out: same, weights: { kernel: [5, 5, 12] }, macs: 25 * elements }],
  ['depthwise(3, 2)', { out: shape(4, 3, 12), weights: { kernel: [3, 3, 12] }, macs: 9 * 12 * 12 }],
  ['depthwise_valid(3)', { out: shape(6, 4, 12), weights: { kernel: [3, 3, 12] }, macs: 9 * 24 * 12 }],
  ['depthwise_valid(2, stride: 2)', { out: shape(4, 3, 12), weights: { kernel: [2, 2, 12] }, macs: 4 * 12 * 12 }],
  [
    'linear(7)',
    { out: shape(1, 1, 7), weights: { kernel: [elements, 7], bias: [7] }, macs: elements * 7, extra: { ptflops: 7 } },
  ],
  ['bn', { out: same, weights: { scale: [12], shift: [12] }, extra: { full: 2 * elements, ptflops: 2 * elements } }],
  ['bn(affine: false)', { out: same, extra: { full: 2 * elements, ptflops: 0 } }],
  ['layer_norm', { out: same, weights: { scale: [12], shift: [12] } }],
  ['layer_norm(affine: false)', { out: same }],
  ['relu', { out: same, extra: relus }],
  ['relu6', { out: same, extra: relus }],
  ['swish', { out: same }],
  ['hswish', { out: same }],
  ['hsigmoid', { out: same }],
  ['sigmoid', { out: same }],
  ['gelu', { out: same }],
  ['gelu(approximate: true)', { out: same }],
  ['tanh', { out: same }],
  ['max_pool(3, 2)', { out: shape(4, 3, 12), extra: relus }],
  ['avg_pool(2, 2)', { out: shape(4, 3, 12), extra: relus }],
  ['global_pool', { out: shape(1, 1, 12), extra: { ...relus, 'mobile-vision': elements } }],
  ['zero(2)', { out: shape(4, 3, 12) }],
  ['shift(1, 1)', { out: same }],
  ['pad(2)', { out: shape(12, 10, 12) }],
  ['pad(0, 1, mode: "edge")', { out: shape(9, 7, 12) }],
  ['pad(5, mode: "reflect")', { out: shape(18, 16, 12) }],
  ['split(2)', { out: shape(8, 6, 6) }],
  ['split(3, 4)', { out: shape(8, 6, 3) }],
  ['channel_shuffle(3)', { out: same }],
  ['split_sum(3)', { out: shape(8, 6, 4) }],
  ['split_softmax(2, 3)', { out: same }],
  ['resize(16)', { out: shape(16, 16, 12) }],
  ['resize(5, 7, method: "bilinear")', { out: shape(5, 7, 12) }],
  ['resize(9, method: "bicubic")', { out: shape(9, 9, 12) }],
  ['flatten', { out: shape(1, 1, elements) }],
  ['dropout(0.2)', { out: same }],
  ['drop_path(0.1)', { out: same }],
  [
    'self_attention(3)',
    {
      out: same,
      weights: {
        ...{ query: [12, 12], key: [12, 12], value: [12, 12], output: [12, 12] },
        ...{ query_bias: [12], key_bias: [12], value_bias: [12], output_bias: [12] },
      },
      // Four projections, and per pair of positions one product for the score and one for the mean, in all heads.
      macs: 4 * positions * 12 * 12 + 2 * positions * positions * 12,
    },
  ],
  [
    'self_attention(2, 16, width: 5, bias: false)',
    {
      out: shape(8, 6, 16),
      weights: { query: [12, 10], key: [12, 10], value: [12, 10], output: [10, 16] },
      macs: positions * (3 * 12 * 10 + 10 * 16) + 2 * positions * positions * 10,
    },
  ],
]

const networks = networksOf(program(rows.map(([operation]) => `stem ${operation}`)))

/** The layer that an operation makes of a map of 8 x 6 x 12. */
function layerOf(operation: string): LayerNode {
  const name = operation.replace(/\(.*/s, '')
  const network = networks[rows.findIndex(([text]) => text === operation)]
  const node = network?.nodes.find(({ path }) => path === `stem.${name}`)
  if (node?.kind !== 'layer') throw new Error(`no layer stem.${name}`)
  return node
}

describe('primitives of std:nn', () => {
  it.each(rows)('%s', (text, { out, weights = {}, macs = 0, extra = {} }) => {
    const layer = layerOf(text)
    expect(layer.shape).toEqual(out)
    expect(Object.fromEntries(layer.weights.map(({ name, shape: sizes }) => [name, sizes]))).toEqual(weights)
    expect(layer.cost).toEqual({ macs, extra })
  })

  it('the identity makes no layer', () => {
    const [network] = networksOf(program(['stem identity']))
    expect(network?.nodes.map(({ path }) => path)).toEqual(['input', 'head.global_pool', 'head.linear'])
  })

  it.each([
    ['conv(20, groups: 8)', 'groups'],
    ['conv_valid(20, 7)', 'the window is larger than the map'],
    ['depthwise_valid(4, dilation: 3)', 'the window is larger than the map'],
    ['pad(-1)', 'padding cannot be negative'],
    ['pad(1, mode: "wrap")', 'the mode of a padding is "zeros", "reflect" or "edge"'],
    ['pad(6, mode: "reflect")', 'a mirror image is smaller than the map'],
    ['split(1, 5)', 'the number of parts must divide the channels that arrive'],
    ['split(3)', 'parts count from 1'],
    ['channel_shuffle(5)', 'groups must divide the channels that arrive'],
    ['split_sum(7)', 'the number of parts must divide the channels that arrive'],
    ['split_softmax(2, 4)', 'parts times groups must divide the channels that arrive'],
    ['resize(4, method: "cubic")', 'a map is resized by "nearest", "bilinear" or "bicubic"'],
    ['dropout(1)', 'the rate of a dropout lies between 0 and 1'],
    ['drop_path(1.5)', 'the rate of a drop-path lies between 0 and 1'],
    ['self_attention(5)', 'width'],
  ])('%s is refused: %s', (text, reason) => {
    expect(refused(`stem ${text}`)).toContain(reason)
  })
})
