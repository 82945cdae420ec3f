import { describe, expect, it } from 'vitest'
import type { LayerNode } from '../../../../src/space/network/network.js'
import type { Shape } from '../../../../src/space/evaluation/shape.js'
import { primitives, type PrimitiveName } from '../../../../src/runtime/plan/primitives/index.js'
import { buildStep } from '../../../../src/runtime/plan/step.js'
import { NetworkSketch } from '../../../support/networks.js'
import { evaluateOperation, numbersFrom, randomArray } from '../../../support/numbers.js'

interface Lowered {
  readonly attributes?: LayerNode['attributes']
  readonly from: Shape
  readonly to?: Shape
  readonly weights?: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>
  readonly mode?: 'train' | 'evaluate'
}

/** Lowers one layer on a batch and runs it. */
function lowered(
  operation: PrimitiveName,
  data: readonly number[],
  { attributes = {}, from, to = from, weights = {}, mode = 'train' }: Lowered,
): number[] {
  const batch = data.length / (from.height * from.width * from.channels)
  const layer: LayerNode = {
    kind: 'layer',
    id: 1,
    path: 'layer',
    inputs: [0],
    shape: to,
    operation,
    attributes,
    weights: [],
    cost: { macs: 0, extra: {} },
  }
  const names = Object.keys(weights)
  const [output = []] = evaluateOperation(
    (builder, [input = -1, ...values]) => [
      primitives[operation]({
        builder,
        layer,
        input,
        inputShape: from,
        batch,
        mode,
        weight: (name) => values[names.indexOf(name)],
        follow: () => undefined,
        // Every mask is 2 here.
        randomMask: (shape) => builder.one('fill', [], { shape, value: 2 }),
        statistic: () => {
          throw new Error('no statistics')
        },
      }),
    ],
    [{ shape: [batch, from.height, from.width, from.channels], data }, ...Object.values(weights)],
  )
  return output
}

const shape = (height: number, width: number, channels: number): Shape => ({ height, width, channels })
const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
const close = (numbers: readonly number[]): unknown[] => numbers.map((each) => expect.closeTo(each, 9) as unknown)
const random = (count: number, seed: number): number[] => Array.from(randomArray([count], numbersFrom(seed)))

describe('primitives that move values', () => {
  it('pad', () => {
    const from = shape(2, 3, 1)
    const wide = (mode: string): number[] =>
      lowered('pad', ramp(6), { attributes: { before: 1, after: 0, mode }, from, to: shape(3, 4, 1) })
    expect(wide('zeros')).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 5])
    expect(wide('edge')).toEqual([0, 0, 1, 2, 0, 0, 1, 2, 3, 3, 4, 5])
    expect(wide('reflect')).toEqual([4, 3, 4, 5, 1, 0, 1, 2, 4, 3, 4, 5])
  })

  it('split, channel_shuffle, split_sum', () => {
    const from = shape(1, 1, 6)
    const data = ramp(6)
    const split = (part: number, parts: number, count: number): number[] =>
      lowered('split', data, { attributes: { part, parts, count }, from, to: shape(1, 1, (6 / parts) * count) })
    expect(split(2, 3, 1)).toEqual([2, 3])
    expect(split(2, 3, 2)).toEqual([2, 3, 4, 5])
    expect(lowered('channel_shuffle', data, { attributes: { groups: 2 }, from })).toEqual([0, 3, 1, 4, 2, 5])
    expect(lowered('split_sum', data, { attributes: { parts: 2 }, from, to: shape(1, 1, 3) })).toEqual([3, 5, 7])
  })

  it('split_softmax: groups x parts x channels become parts x groups x channels that sum to 1 over the parts', () => {
    const data = random(12, 1)
    const found = lowered('split_softmax', data, { attributes: { parts: 3, groups: 2 }, from: shape(1, 1, 12) })
    const exp = (group: number, part: number, channel: number): number =>
      Math.exp(data[group * 6 + part * 2 + channel] ?? NaN)
    const expected = [0, 1, 2].flatMap((part) =>
      [0, 1].flatMap((group) =>
        [0, 1].map(
          (channel) => exp(group, part, channel) / [0, 1, 2].reduce((sum, each) => sum + exp(group, each, channel), 0),
        ),
      ),
    )
    expect(found).toEqual(close(expected))
  })

  it('flatten', () => {
    expect(lowered('flatten', ramp(8), { from: shape(2, 2, 2), to: shape(1, 1, 8) })).toEqual(ramp(8))
  })

  it('resize: areas, as PyTorch interpolates', () => {
    const from = shape(1, 4, 1)
    const wide = (method: string, width: number): number[] =>
      lowered('resize', [0, 1, 4, 9], { attributes: { height: 1, width, method }, from, to: shape(1, width, 1) })
    expect(wide('nearest', 2)).toEqual([0, 4])
    expect(wide('bilinear', 8)).toEqual(close([0, 0.25, 0.75, 1.75, 3.25, 5.25, 7.75, 9]))
    // Keys' kernel at a quarter and three quarters between pixels: weights -0.10546875, 0.87890625, 0.26171875, -0.03515625.
    expect(wide('bicubic', 8)[3]).toBeCloseTo(0.87890625 * 1 + 0.26171875 * 4 - 0.03515625 * 9, 9)
    expect(wide('bicubic', 8)[0]).toBeCloseTo(-0.10546875, 9)
    expect(wide('bicubic', 2)).toEqual(
      close([0.59375 * (0 + 1) - 0.09375 * (0 + 4), 0.59375 * (4 + 9) - 0.09375 * (1 + 9)].map((each) => each + 0)),
    )
  })
})

describe('convolutions on windows inside the map', () => {
  it.each([
    [3, 1, 1, 5, 3],
    [3, 2, 1, 6, 2],
    [3, 2, 1, 7, 3],
    [2, 1, 1, 4, 3],
    [3, 1, 2, 6, 2],
    [5, 3, 1, 8, 2],
  ])('kernel %i, stride %i, dilation %i on %i pixels', (kernel, stride, dilation, size, out) => {
    const data = random(size * size, 2)
    const weights = random(kernel * kernel, 3)
    const expected = ramp(out * out).map((position) => {
      const [row, column] = [Math.floor(position / out) * stride, (position % out) * stride]
      return weights.reduce((sum, weight, tap) => {
        const [down, right] = [Math.floor(tap / kernel) * dilation, (tap % kernel) * dilation]
        return sum + weight * (data[(row + down) * size + column + right] ?? NaN)
      }, 0)
    })
    const options = { from: shape(size, size, 1), to: shape(out, out, 1) }
    const attributes = { kernel, stride, dilation, groups: 1 }
    expect(
      lowered('conv_valid', data, {
        ...options,
        attributes,
        weights: { kernel: { shape: [kernel, kernel, 1, 1], data: weights } },
      }),
    ).toEqual(close(expected))
    expect(
      lowered('depthwise_valid', data, {
        ...options,
        attributes,
        weights: { kernel: { shape: [kernel, kernel, 1], data: weights } },
      }),
    ).toEqual(close(expected))
  })
})

describe('norms, drops and attention', () => {
  it('layer_norm: every position by its own mean and variance', () => {
    const data = random(12, 4)
    const [scale, shift] = [
      [1, 2, 3],
      [0, 1, -1],
    ]
    const expected = [0, 1, 2, 3].flatMap((position) => {
      const values = data.slice(3 * position, 3 * position + 3)
      const mean = values.reduce((sum, each) => sum + each / 3, 0)
      const variance = values.reduce((sum, each) => sum + (each - mean) ** 2 / 3, 0)
      return values.map(
        (each, i) => ((each - mean) / Math.sqrt(variance + 1e-5)) * (scale[i] ?? NaN) + (shift[i] ?? NaN),
      )
    })
    const weights = { scale: { shape: [3], data: scale }, shift: { shape: [3], data: shift } }
    expect(lowered('layer_norm', data, { attributes: { epsilon: 1e-5 }, from: shape(1, 2, 3), weights })).toEqual(
      close(expected),
    )
  })

  it('dropout and drop_path: times the mask in training, nothing in evaluation', () => {
    for (const name of ['dropout', 'drop_path'] as const) {
      const options = { attributes: { rate: 0.5 }, from: shape(1, 1, 3) }
      expect(lowered(name, [1, 2, 3], options)).toEqual([2, 4, 6])
      expect(lowered(name, [1, 2, 3], { ...options, mode: 'evaluate' })).toEqual([1, 2, 3])
    }
  })

  it('drops are inputs of a step that trains, with their rates', () => {
    const sketch = new NetworkSketch({ height: 2, width: 2, channels: 3 }, 4)
    const dropped = sketch.layer('drop', 'dropout', 0, sketch.shape(0), { rate: 0.2 })
    const network = sketch.build(
      sketch.head('head', sketch.layer('path', 'drop_path', dropped, sketch.shape(0), { rate: 0.5 })),
    )
    expect(buildStep(network, { batch: 2, mode: 'train' }).drops).toEqual([
      { name: 'dropout/drop', shape: [2, 2, 2, 3], rate: 0.2 },
      { name: 'dropout/path', shape: [2], rate: 0.5 },
    ])
    expect(buildStep(network, { batch: 2, mode: 'evaluate' }).drops).toEqual([])
  })

  it('self_attention of two heads', () => {
    const [positions, channels, heads, width] = [3, 4, 2, 2]
    const data = random(2 * positions * channels, 5)
    const matrix = (seed: number): { shape: number[]; data: number[] } => ({ shape: [4, 4], data: random(16, seed) })
    const bias = { shape: [4], data: [0.1, -0.2, 0.3, 0] }
    const weights = { query: matrix(6), key: matrix(7), value: matrix(8), output: matrix(9), output_bias: bias }
    const times = (row: readonly number[], { data: m }: { data: readonly number[] }): number[] =>
      ramp(4).map((column) => row.reduce((sum, each, i) => sum + each * (m[4 * i + column] ?? NaN), 0))
    const expected = [0, 1].flatMap((image) => {
      const rows = ramp(positions).map((p) =>
        data.slice((image * positions + p) * channels, (image * positions + p + 1) * channels),
      )
      const [queries, keys, values] = [weights.query, weights.key, weights.value].map((m) =>
        rows.map((row) => times(row, m)),
      )
      return ramp(positions).flatMap((p) => {
        const joined = ramp(heads).flatMap((head) => {
          const part = (row: readonly number[] | undefined): number[] =>
            (row ?? []).slice(head * width, (head + 1) * width)
          const scores = ramp(positions).map((other) =>
            Math.exp(
              part(queries?.[p]).reduce((sum, each, i) => sum + each * (part(keys?.[other])[i] ?? NaN), 0) /
                Math.sqrt(width),
            ),
          )
          const total = scores.reduce((sum, each) => sum + each)
          return ramp(width).map((i) =>
            scores.reduce((sum, score, other) => sum + (score / total) * (part(values?.[other])[i] ?? NaN), 0),
          )
        })
        return times(joined, weights.output).map((each, i) => each + (bias.data[i] ?? NaN))
      })
    })
    expect(lowered('self_attention', data, { attributes: { heads, width }, from: shape(1, 3, 4), weights })).toEqual(
      close(expected),
    )
  })
})
