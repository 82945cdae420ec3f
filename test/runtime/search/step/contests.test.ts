import { describe, expect, it } from 'vitest'
import { openDerivation } from '../../../../src/runtime/search/components/derivations/index.js'
import type { SampledPass, Selection } from '../../../../src/runtime/search/components/samplers/sampler.js'
import { settled } from '../../../../src/runtime/search/step/contests.js'
import type { Supernet } from '../../../../src/runtime/search/step/supernet.js'
import type { UpdateContext } from '../../../../src/runtime/search/step/update.js'

const losses = [2, 0.5, 1]
const candidates = losses.map((_, index): SampledPass => ({
  ...{ name: 'middle', binding: () => ({ kind: 'mix' }), key: String(index), trains: true },
}))

/** Networks that come to these losses, and what is asked of them. */
function context(asked: unknown[]): UpdateContext {
  const fake = {
    ...{ spec: { batch: 4, mode: 'train' }, images: 4, session: { search: { minimised: { smoothing: 0.1 } } } },
    prepare(pass: SampledPass, spec: object) {
      asked.push({ ...spec, key: pass.key, trains: pass.trains })
      const read = (name: string) => (name === 'loss' ? [losses[Number(pass.key)]] : [1])
      return { step: { inputs: [], executable: { run: () => undefined, read } }, feeds: { draw: () => ({}) } }
    },
  }
  return fake as unknown as UpdateContext
}

it.each([
  ['best', 1],
  ['worst', 0],
] as const)('by the loss on the batch of a step the %s is picked', (which, winner) => {
  const score = { component: 'batch_loss', arguments: {} }
  const derivation = openDerivation({ component: which, arguments: { of: 3, by: score } }, 'sample')
  if (derivation.kind !== 'search') throw new Error('it scores nothing')
  const pick = (scores: readonly number[]): number => {
    const scored = scores.map((each, macs) => ({ selected: {}, macs, parameters: 0, score: each }))
    return derivation.results([scored])[0]?.macs ?? NaN
  }
  const asked: unknown[] = []
  const at = { epoch: 0, epochs: 1, step: 0, steps: 1 }
  const contest = { name: 'middle[1]', candidates, selections: candidates.map(() => ({})), score, pick }
  expect(settled(context(asked), [contest], at)).toEqual([{ ...candidates[winner], name: 'middle[1]' }])
  // Statistics of the batch, nothing dropped, no gradient; the smoothing is that of the training.
  const objective = expect.objectContaining({ key: 'cross_entropy 0.1' }) as unknown
  expect(asked).toEqual(
    losses.map((_, key) => ({ batch: 4, mode: 'calibrate', objective, key: String(key), trains: false })),
  )
})

describe('by a predictor', () => {
  const score = { component: 'predicted', arguments: {} }
  const selections = [4, 9, 1].map((option) => ({ width: [option] }))
  const predict = (asked: readonly Selection[]) => asked.map(({ width = [] }) => width[0] ?? NaN)

  /** Networks that are ranked from the third epoch on. */
  function ranked(of: Supernet['predict']): UpdateContext {
    const fake = {
      session: { search: { plan: { predictor: { settings: { pretrain: 2 } } } } },
      supernet: { ...(of !== undefined && { predict: of }) },
      prepare: () => {
        throw new Error('nothing is looked at')
      },
    }
    return fake as unknown as UpdateContext
  }

  it.each([
    ['best', 2, 1],
    ['worst', 2, 2],
    ['best', 1, 0],
    ['worst', 0, 0],
  ] as const)('the %s is picked in epoch %s, and no network is run', (which, epoch, winner) => {
    const derivation = openDerivation({ component: which, arguments: { of: 3, by: score } }, 'sample')
    if (derivation.kind !== 'search') throw new Error('it scores nothing')
    const pick = (scores: readonly number[]): number => {
      const scored = scores.map((each, macs) => ({ selected: {}, macs, parameters: 0, score: each }))
      return derivation.results([scored])[0]?.macs ?? NaN
    }
    const contest = { name: 'middle[1]', candidates, selections, score, pick }
    const at = { epoch, epochs: 5, step: 0, steps: 1 }
    expect(settled(ranked(predict), [contest], at)).toEqual([{ ...candidates[winner], name: 'middle[1]' }])
  })
})
