import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { dropPathFeeds, dropProbability } from '../../../../src/runtime/training/feeds/drop-path.js'
import { dropoutFeeds } from '../../../../src/runtime/training/feeds/dropout.js'
import { bindFeeds, namedFeed } from '../../../../src/runtime/training/feeds/feed.js'

const input = (name: string, ...shape: readonly number[]) => ({ name, shape, dtype: 'float32' as const })
const at = (epoch: number, step = 0) => ({ epoch, epochs: 4, step, steps: 10 })

describe('feeds', () => {
  it('give every input its values, and refuse an input that nothing feeds when they are bound', () => {
    const sources = [namedFeed('rate', ({ epoch }) => epoch / 2), namedFeed('step', () => 7)]
    const inputs = [input('step'), input('rate')]
    expect(bindFeeds(inputs, sources).draw(at(3))).toEqual({ step: 7, rate: 1.5 })
    expect(() => bindFeeds([...inputs, input('noise', 3)], sources)).toThrow('nothing feeds the input `noise`')
  })

  it('leave out noise where a source says what stands in its place', () => {
    const noisy = bindFeeds([input('noise', 2)], [() => ({ draw: () => 5, still: () => 0 })])
    expect([noisy.draw(at(0)), noisy.still(at(0))]).toEqual([{ noise: 5 }, { noise: 0 }])
  })
})

describe('drop-path', () => {
  it('rises linearly from epoch to epoch', () => {
    const span = { from: 0, to: 0.2 }
    expect([0, 1, 2, 3].map((epoch) => dropProbability(span, at(epoch)))).toEqual([
      0,
      expect.closeTo(0.05, 12),
      expect.closeTo(0.1, 12),
      expect.closeTo(0.15, 12),
    ])
  })

  it('keeps the mean, and draws all masks of a step one after the other from one stream', () => {
    const inputs = [input('dropPath/a', 4000), input('images', 1), input('dropPath/b', 4000)]
    const random = createRandom(1, 'masks')
    const source = dropPathFeeds({ from: 0.5, to: 0.5 }, random)
    const masks = inputs.map((each) => source(each, inputs)?.draw(at(0, 3)))
    expect(masks[1]).toBeUndefined()
    const [first, , second] = masks as readonly Float32Array[]
    expect(new Set(second)).toEqual(new Set([0, 2]))
    expect([...(second ?? [])].reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(1, 1)
    const stream = random.stream('3')
    const drawn = Array.from({ length: 8000 }, () => (stream.uniform() < 0.5 ? 2 : 0))
    expect([...(first ?? []), ...(second ?? [])]).toEqual(drawn)
    expect(dropPathFeeds({ from: 0, to: 0.2 }, random)(input('dropPath/a', 3), inputs)?.draw(at(0))).toEqual(
      new Float32Array([1, 1, 1]),
    )
  })
})

describe('dropout', () => {
  it('masks values with the rate of its layer, anew in every step, alike for equal seeds', () => {
    const mask = { name: 'dropout/head', shape: [50, 40], rate: 0.25 }
    const draw = (step: number) =>
      dropoutFeeds([mask], createRandom(5))(input(mask.name, 50, 40), [])?.draw(at(1, step))
    const [one, again, other] = [draw(1), draw(1), draw(2)] as readonly Float32Array[]
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
    expect(new Set(one)).toEqual(new Set([0, Math.fround(1 / 0.75)]))
    expect([...(one ?? [])].reduce((sum, value) => sum + value, 0) / 2000).toBeCloseTo(1, 1)
    expect(dropoutFeeds([mask], createRandom(5))(input('dropout/other', 2), [])).toBeUndefined()
  })
})
