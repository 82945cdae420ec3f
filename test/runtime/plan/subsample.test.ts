import { describe, expect, it } from 'vitest'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { scatter, subsample } from '../../../src/runtime/plan/elastic.js'
import { evaluateOperation } from '../../support/numbers.js'
import { evaluate, expectSameOutcome, imagesOf, oneHot } from '../../support/bound-steps.js'
import type { Store } from '../../support/step-runner.js'
import { compiledText } from '../../support/programs.js'

const [large, small] = [
  { height: 6, width: 6, channels: 1 },
  { height: 4, width: 4, channels: 1 },
]

/** Subsampled, then `operation`, then scattered. */
function there(data: readonly number[], window: boolean): readonly number[] {
  const [result = []] = evaluateOperation(
    (builder, [map = -1]) => {
      const sampled = subsample(builder, map, large, small)
      const ones = builder.one('fill', [], { shape: [3, 3, 1], value: 1 })
      const done = window ? builder.one('depthwise2d', [sampled, ones], { stride: 1, dilation: 1 }) : sampled
      return [scatter(builder, done, small, large)]
    },
    [{ shape: [1, 6, 6, 1], data }],
  )
  return result
}

// Of six places, four are taken: floor(i * 6 / 4).
const taken = [0, 1, 3, 4]

describe('a resolution that is subsampled', () => {
  it('keeps the map on the grid, and nothing elsewhere', () => {
    const map = Array.from({ length: 36 }, (_, i) => i + 1)
    const expected = map.map((each, i) => (taken.includes(Math.floor(i / 6)) && taken.includes(i % 6) ? each : 0))
    expect(there(map, false)).toEqual(expected)
  })

  it('lets a window reach one sampling step far', () => {
    const impulse = Array.from({ length: 36 }, (_, i) => Number(i === 3 * 6 + 3))
    const reached = there(impulse, true).flatMap((each, i) =>
      each === 0 ? [] : [`${String(Math.floor(i / 6))},${String(i % 6)}`],
    )
    expect(reached).toEqual(['1,1', '1,3', '1,4', '3,1', '3,3', '3,4', '4,1', '4,3', '4,4'])
  })

  const ir = compiledText(
    `import { bn, conv, global_pool, hswish, linear } from std:nn
import { fbnet_block } from std:mobile
space sizes {
  input image(one of {6, 8, 12}, 3)
  classes 3
  network {
    stem conv(4, 3, stride: 2) -> bn -> hswish
    stage a { width 6; depth 2; stride 2; layer fbnet_block(3, 2, se: true, act: hswish) }
    head global_pool -> linear(classes)
  }
}`,
  )
  const params = resolveParams(ir, {})
  const network = (size?: number): Network =>
    buildNetwork(ir, 'sizes', {
      params,
      mode: 'shared',
      binding: () => (size === undefined ? { kind: 'subsample' } : { kind: 'fixed', options: [size] }),
    })

  it.each([0, 1, 2])(
    'one-hot at option %i is the network on images of that size, in outputs and in gradients',
    (option) => {
      const store: Store = new Map([['choices/resolution', oneHot(3, option)]])
      const images = imagesOf({ height: 12, width: 12, channels: 3 })
      const size = [6, 8, 12][option] ?? 12
      const [sampled = []] = evaluateOperation(
        (builder, [map = -1]) => [
          subsample(builder, map, { height: 12, width: 12, channels: 3 }, { height: size, width: size, channels: 3 }),
        ],
        [{ shape: [4, 12, 12, 3], data: Array.from(images) }],
      )
      const whole = evaluate(network(), store, {}, { images })
      const alone = evaluate(network(option), store, {}, { images: Float64Array.from(sampled) })
      expectSameOutcome(whole, alone, 1e-9)
    },
  )

  it('has gradients of its choices that are slopes of the loss', () => {
    const store: Store = new Map()
    const found = evaluate(network(), store).gradients.get('choices/resolution') ?? []
    const moved = (by: number): number => {
      const values = store.get('choices/resolution')?.slice() ?? new Float64Array()
      values[1] = (values[1] ?? NaN) + by
      return evaluate(network(), new Map([...store, ['choices/resolution', values]])).loss
    }
    expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(found[1] ?? NaN, 6)
  })
})
