import { describe, expect, it } from 'vitest'
import type { LayerNode } from '../../../../src/space/network/network.js'
import type { Shape } from '../../../../src/space/evaluation/shape.js'
import { primitives, type PrimitiveName } from '../../../../src/runtime/plan/primitives/index.js'
import { evaluateOperation } from '../../../support/numbers.js'

/** Lowers one layer without weights on one image and runs it. */
function lowered(
  operation: PrimitiveName,
  attributes: LayerNode['attributes'],
  from: Shape,
  to: Shape,
  data: readonly number[],
): number[] {
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
  const [output = []] = evaluateOperation(
    (builder, [input = -1]) => [
      primitives[operation]({
        builder,
        layer,
        input,
        inputShape: from,
        batch: 1,
        mode: 'train',
        weight: () => undefined,
        follow: () => undefined,
        randomMask: () => {
          throw new Error('no masks')
        },
        statistic: () => {
          throw new Error('no statistics')
        },
      }),
    ],
    [{ shape: [1, from.height, from.width, from.channels], data }],
  )
  return output
}

const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe('primitives', () => {
  it('avg_pool without padding: the windows of the auxiliary head of DARTS on an 8x8 map', () => {
    const [from, to] = [
      { height: 8, width: 8, channels: 1 },
      { height: 2, width: 2, channels: 1 },
    ]
    // On y = 8 row + column, the mean of a window is its centre: rows and columns 2 and 5.
    expect(lowered('avg_pool', { kernel: 5, stride: 3, padding: 0 }, from, to, ramp(64))).toEqual(
      [18, 21, 42, 45].map((each) => expect.closeTo(each, 10) as number),
    )
  })

  it('avg_pool over the whole map', () => {
    const [from, to] = [
      { height: 3, width: 3, channels: 2 },
      { height: 1, width: 1, channels: 2 },
    ]
    expect(lowered('avg_pool', { kernel: 3, stride: 3, padding: 0 }, from, to, ramp(18))).toEqual(
      [8, 9].map((each) => expect.closeTo(each, 10) as number),
    )
  })

  it('avg_pool of an even window leaves out what is not full', () => {
    const [from, to] = [
      { height: 1, width: 5, channels: 1 },
      { height: 1, width: 2, channels: 1 },
    ]
    expect(lowered('avg_pool', { kernel: 2, stride: 2, padding: 0 }, from, to, [1, 3, 5, 7, 100])).toEqual([2, 6])
  })

  it('avg_pool with wide padding: the mean of what of a window lies on the map', () => {
    const [from, to] = [
      { height: 3, width: 3, channels: 1 },
      { height: 2, width: 2, channels: 1 },
    ]
    // Of 0 … 8 row by row: the corner, two pixels above, two on the left, four.
    expect(lowered('avg_pool', { kernel: 2, stride: 2, padding: 1 }, from, to, ramp(9))).toEqual([0, 1.5, 4.5, 6])
    expect(() => lowered('avg_pool', { kernel: 2, stride: 2, padding: 2 }, from, to, ramp(9))).toThrow(
      /pads its map by 2/,
    )
  })

  it('zero gives the shape that the place asks for', () => {
    const [from, to] = [
      { height: 4, width: 4, channels: 3 },
      { height: 2, width: 2, channels: 3 },
    ]
    expect(lowered('zero', { stride: 2 }, from, to, ramp(48))).toEqual(ramp(12).map(() => 0))
  })
})
