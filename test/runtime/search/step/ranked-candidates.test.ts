import { expect, it } from 'vitest'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { encode, encodingOf } from '../../../../src/runtime/search/components/encoding/encoding.js'
import { fittedName, predictorPrefix } from '../../../../src/runtime/search/components/predictors/fitted.js'
import { isContested, type Selection } from '../../../../src/runtime/search/components/samplers/sampler.js'
import { openPredictions } from '../../../../src/runtime/search/measurements/fit.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { settled } from '../../../../src/runtime/search/step/contests.js'
import type { UpdateContext } from '../../../../src/runtime/search/step/update.js'
import { attentiveIr, bestUpPredicted, scorePredictor } from '../../../support/attentive-search.js'

/** Of every option the share of this number: no two architectures say the same. */
const factorOf = (entry: number): number => Math.sin(1 + entry) / 2

function openRanked(sample: string, constraint: string) {
  const ir = attentiveIr(sample, 'slice', scorePredictor, constraint)
  const search = resolveSearch(ir, { scale: 'tiny' })
  const { predictor } = search.plan
  if (predictor === undefined) throw new Error('it has no predictor')
  const encoding = encodingOf(search.choices())
  const layer = (name: string, length: number) =>
    [`${predictorPrefix('quality')}${name}`, new Float32Array(length)] as const
  // What the network itself says is nothing; what adds up is known.
  const variables = new Map<string, Float32Array>([
    ...[layer('layer1/kernel', 8 * encoding.size), layer('layer1/bias', 8)],
    ...[layer('layer2/kernel', 8), layer('layer2/bias', 1)],
    [fittedName('quality', 'trend'), Float32Array.from({ length: encoding.size }, (_, entry) => factorOf(entry))],
    [fittedName('quality', 'intercept'), Float32Array.of(0.3)],
    [fittedName('quality', 'deviation'), Float32Array.of(1)],
    [fittedName('quality', 'mean'), Float32Array.of(0)],
  ])
  const codeOf = (selected: Selection): Float32Array => encode(encoding, selected)
  const predictions = openPredictions(predictor, variables)
  const fake = {
    session: { search },
    supernet: { predict: (all: readonly Selection[]) => predictions(all.map(codeOf)) },
    prepare: () => {
      throw new Error('no network is run')
    },
  }
  return {
    search,
    context: fake as unknown as UpdateContext,
    /** What the predictor has to say, worked out apart from it. */
    known: (selected: Selection) => codeOf(selected).reduce((sum, value, entry) => sum + value * factorOf(entry), 0.3),
  }
}

it.each([
  ['best', bestUpPredicted, ''],
  ['worst', bestUpPredicted.replace('best', 'worst'), ''],
  ['best', 'attentive(best of 5 by predicted, bins: 4k)', ''],
  ['worst', bestUpPredicted.replace('best', 'worst'), 'require macs <= 60k'],
] as const)('the %s of each step is picked as a predictor says that is known: %s %s', (which, sample, constraint) => {
  const { search, context, known } = openRanked(sample, constraint)
  let contests = 0
  let different = 0
  for (let step = 0; step < 20; step++) {
    const at = { epoch: 1, epochs: 2, step, steps: 20 }
    const drawn = search.sampler.passes(search.sampled, at, createRandom(3).stream(String(step)))
    const picked = settled(context, drawn, at)
    drawn.forEach((pass, index) => {
      if (!isContested(pass)) return
      const values = pass.selections.map(known)
      const extreme = which === 'best' ? Math.max(...values) : Math.min(...values)
      const winner = values.indexOf(extreme)
      contests += 1
      different += Number(winner > 0)
      expect(picked[index]?.key).toBe(pass.candidates[winner]?.key)
    })
  }
  // Had the first ones been taken, it would not show.
  expect(contests).toBeGreaterThan(10)
  expect(different).toBeGreaterThan(contests / 4)
})

it('before the predictor is fitted the first network is picked', () => {
  const { search, context } = openRanked(bestUpPredicted, '')
  const at = { epoch: 0, epochs: 2, step: 0, steps: 1 }
  const drawn = search.sampler.passes(search.sampled, at, createRandom(3))
  const contested = drawn.filter(isContested)
  expect(contested).toHaveLength(2)
  const picked = settled(context, contested, at).map(({ key }) => key)
  expect(picked).toEqual(contested.map(({ candidates }) => candidates[0]?.key))
})
