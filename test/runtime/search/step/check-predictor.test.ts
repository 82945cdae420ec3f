import { describe, expect, it } from 'vitest'
import { checkProgram } from '../../../../scripts/docs/cases.js'
import { memoryHost } from '../../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../../src/compiler/modules/node-host.js'
import { openLatencyContext } from '../../../../src/runtime/latency/context.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { failureOf } from '../../../support/failures.js'
import { changedText, compiledText } from '../../../support/programs.js'

const program = `import std:nn
import std:search
space small {
  input   image(8, 8, 1)
  classes 3
  network {
    stem conv(one of {4, 6, 8}, one of {3, 5}) -> bn -> relu
    stage a { width one of {4, 6, 8}; depth one of 1..3; layer conv(channels, 3) -> bn -> relu }
    head global_pool -> linear(classes)
  }
}
search s of small {
  relax    all by slice
  sample   sandwich(attentive(best of 5 by predicted, bins: 4k), count: 2)
  minimise cross_entropy
  predictor quality = mlp(8)
  train weights { sgd(lr: 0.1) }
  train predictor { adam(lr: 0.01), measure 40, pretrain 2 }
  validate on 10%
  derive   evolution(population: 4, generations: 1, mutants: 2, crossovers: 2)
  epochs 4
  batch 8
}
`

type Change = readonly [string, string]
const training = '  train predictor { adam(lr: 0.01), measure 40, pretrain 2 }\n'
const withoutPredictor: readonly Change[] = [
  ['  predictor quality = mlp(8)\n', ''],
  [training, ''],
]

const findingsIn = (text: string) =>
  checkProgram('main.nas', memoryHost({ 'main.nas': text }, nodeHost())).diagnostics.map(
    ({ severity, span, message }) => ({ severity, at: text.slice(span.start, span.end), message }),
  )

/** What is changed of the program, what a check marks of it, what run says. */
const refused: Readonly<Record<string, readonly [changes: readonly Change[], at: string, code: string, why: RegExp]>> =
  {
    'no predictor': [withoutPredictor, 'predicted', 'NAS7646', /the search has none/u],
    'a predictor of a cost': [
      [
        ['mlp(8)', 'mlp(8), fitted to measurements "latency.csv"'],
        [', pretrain 2', ''],
      ],
      'predicted',
      'NAS7646',
      /measurements of a cost/u,
    ],
    'nothing that ranks': [
      [['by predicted', 'by batch_loss']],
      'predictor quality = mlp(8)',
      'NAS7646',
      /nothing ranks by it/u,
    ],
    'pretraining to the end': [[['pretrain 2', 'pretrain 4']], 'pretrain 4', 'NAS7646', /after 4 of 4 epochs/u],
    'no pretraining': [[[', pretrain 2', '']], 'predictor quality = mlp(8)', 'NAS7646', /not said/u],
    'no architectures': [[['measure 40', 'measure 0']], '0', 'NAS7502', /at least 2/u],
    'too few architectures': [[['measure 40', 'measure 19']], 'measure 19', 'NAS7646', /needs 20/u],
    'a space that is too small': [
      [
        ['one of {3, 5}', '3'],
        ['depth one of 1..3', 'depth 2'],
      ],
      'predictor quality = mlp(8)',
      'NAS7646',
      /has 9/u,
    ],
    'a space that constraints make too small': [
      [['  network {', '  require stem.width == 4 and a.depth == 2\n  network {']],
      'predictor quality = mlp(8)',
      'NAS7646',
      /has 6/u,
    ],
    'no images that train nothing': [
      [
        ['  validate on 10%\n', '  train choices { adam(lr: 0.1) }\n'],
        ['by slice', 'by softmax'],
        ['evolution(population: 4, generations: 1, mutants: 2, crossovers: 2)', 'argmax'],
      ],
      'predictor quality = mlp(8)',
      'NAS7646',
      /none are kept/u,
    ],
    'a score that looks at no supernet in training': [
      [['  epochs 4', '  score linear_probe(epochs: 1)\n  epochs 4']],
      'linear_probe(epochs: 1)',
      'NAS7646',
      /does not look at one/u,
    ],
    'a search that judges by what is predicted': [
      [['  epochs 4', '  score predicted\n  epochs 4']],
      'predicted',
      'NAS7646',
      /is looked at/u,
    ],
    'derived by what is predicted': [
      [['evolution(population: 4, generations: 1, mutants: 2, crossovers: 2)', 'best of 4 by predicted']],
      'predicted',
      'NAS7646',
      /is looked at/u,
    ],
    'a predictor of scores that is minimised': [
      [['cross_entropy', 'cross_entropy + quality.expected / 1M']],
      'quality',
      'NAS7646',
      /fitted to scores/u,
    ],
    'pretraining for measurements': [
      [
        ['mlp(8)', 'mlp(8), fitted to measurements "latency.csv"'],
        ['by predicted', 'by batch_loss'],
      ],
      'pretrain 2',
      'NAS7510',
      /`pretrain`/u,
    ],
  }

describe('ranking by a predictor', () => {
  it('stands in a program that is right', async () => {
    expect(findingsIn(program)).toEqual([])
    expect(resolveSearch(compiledText(program), {}).plan.predictor?.settings).toMatchObject({
      pretrain: 2,
      measure: 40,
    })
  })

  it('asks for no measurements: there are no latencies to be fitted', async () => {
    const { file } = await openLatencyContext(compiledText(program), {})
    expect((await failureOf(file)).code).toBe('NAS7623')
  })

  it.each(Object.entries(refused))('is refused by check, at its place, and by run: %s', async (_, mistake) => {
    const [changes, at, code, why] = mistake
    const text = changedText(program, ...changes)
    const found = findingsIn(text)
    expect(found.map((each) => each.at)).toContain(at)
    const failure = await failureOf(() => resolveSearch(compiledText(text), {}))
    expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(why)])
  })
})
