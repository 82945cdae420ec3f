import { describe, expect, it } from 'vitest'
import { find, parsed, plain } from '../../support/syntax-trees.js'

function clauses(text: string): unknown {
  return plain(find(parsed(`search s of d {\n${text}\n}`), 'search').clauses)
}

const path = (head: string): unknown => ({ kind: 'path', head, steps: [] })
const name = (setting: string, rest: object = {}): unknown => ({
  kind: 'value-setting',
  name: setting,
  tails: [],
  ...rest,
})

describe('clauses of a search', () => {
  it('reads relaxations of kinds and paths of choices', () => {
    expect(
      clauses(
        'relax width, expand by mask; resolution by subsample; block by gumbel\n  at temperature exponential(5.0, rate: 0.956 per epoch)',
      ),
    ).toMatchObject([
      {
        kind: 'relax',
        relaxations: [
          { targets: [path('width'), path('expand')], by: 'mask' },
          { targets: [path('resolution')], by: 'subsample' },
          { targets: [path('block')], by: 'gumbel' },
        ],
        temperature: { kind: 'call', callee: 'exponential' },
      },
    ])
    expect(clauses('relax through by softmax, from by strength; sample all')).toMatchObject([
      { kind: 'relax', relaxations: [{ targets: [path('through')] }, { targets: [path('from')] }] },
      { kind: 'component-clause', clause: 'sample', value: 'all' },
    ])
  })

  it('keeps the words of a clause with it, on its line', () => {
    expect(
      clauses(
        'cells engine at engine, transit elsewhere\nshare features\nsample two disjoint paths\nviews 4 by moco_v2\nteacher ema(0.999) of active path\nscore linear_probe(epochs: 100) with bn calibrated',
      ),
    ).toMatchObject([
      {
        kind: 'cells',
        placements: [
          { kind: 'phrase', head: 'engine', tails: [{ word: 'at', value: 'engine' }] },
          { kind: 'phrase', head: 'transit', tails: [{ word: 'elsewhere' }] },
        ],
      },
      { kind: 'share', what: ['features'] },
      { clause: 'sample', value: { head: 'two', tails: [{ word: 'disjoint', value: 'paths' }] } },
      { clause: 'views', value: { head: 4, tails: [{ word: 'by', value: 'moco_v2' }] } },
      { clause: 'teacher', value: { tails: [{ word: 'of', value: 'active' }, { word: 'path' }] } },
      { clause: 'score', value: { tails: [{ word: 'with', value: 'bn' }, { word: 'calibrated' }] } },
    ])
  })

  it('takes `except` out of derivations', () => {
    expect(clauses('derive top(2) except none')).toMatchObject([
      { kind: 'derive', rules: [{ kind: 'call', callee: 'top' }], except: ['none'] },
    ])
    expect(clauses('derive argmax of from, then argmax of through except none')).toMatchObject([
      {
        rules: [
          { head: 'argmax', tails: [{ word: 'of', value: 'from' }] },
          { head: 'argmax', tails: [{ word: 'of', value: 'through' }] },
        ],
        except: ['none'],
      },
    ])
    expect(
      clauses('derive pareto(accuracy, macs) by evolution(population: 512), calibrate bn on 64 batches'),
    ).toMatchObject([
      {
        rules: [
          { tails: [{ word: 'by' }] },
          { head: 'calibrate', tails: [{ word: 'bn' }, { word: 'on', value: 64 }, { word: 'batches' }] },
        ],
      },
    ])
  })

  it('reads objectives, predictors and training', () => {
    expect(
      clauses('minimise cross_entropy(smoothing: 0.1) for largest, distill(from: largest) for others'),
    ).toMatchObject([
      {
        kind: 'minimise',
        objectives: [{ tails: [{ word: 'for', value: 'largest' }] }, { tails: [{ word: 'for', value: 'others' }] }],
      },
    ])
    expect(clauses('predictor latency = mlp(128, 64) on one_hot, fitted to measurements "a.csv"')).toMatchObject([
      {
        kind: 'predictor',
        name: 'latency',
        value: { tails: [{ word: 'on' }, { word: 'fitted', value: { value: 'a.csv' } }] },
      },
    ])
    expect(clauses('train weights on 80% { sgd(lr: 0.1), clip 5 } per epoch\ntrain choices { adam }')).toMatchObject([
      {
        kind: 'train',
        variables: 'weights',
        share: 0.8,
        per: 'epoch',
        settings: { items: [{ kind: 'expression-setting' }, name('clip', { value: 5 })] },
      },
      { kind: 'train', variables: 'choices', settings: { items: [name('adam')] } },
    ])
  })

  it('reads settings: overrides, values, words, blocks, components', () => {
    const text = `retrain { cells = 20, epochs 600, lr cosine(0.025 to 0), drop_path 0 to 0.2
      auxiliary 0.4 at 2/3; augment crop(4) & flip, nesterov, clip value 1, warmup 5 epochs, decay 1e-5 except bn & bias
      retrain { width = 8 } }`
    const half = { kind: 'binary', operator: '/', left: 2, right: 3 }
    expect(plain(find(parsed(`search s of d { ${text} }`), 'settings').items)).toEqual([
      { kind: 'override-setting', name: 'cells', value: 20 },
      name('epochs', { value: 600 }),
      name('lr', { value: expect.objectContaining({ kind: 'call', callee: 'cosine' }) }),
      name('drop_path', { value: { kind: 'span', from: 0, to: 0.2 } }),
      name('auxiliary', { value: 0.4, tails: [{ kind: 'tail', word: 'at', value: half }] }),
      name('augment', { value: expect.objectContaining({ operator: '&' }) }),
      name('nesterov'),
      name('clip', { tails: [{ kind: 'tail', word: 'value', value: 1 }] }),
      name('warmup', { value: 5, tails: [{ kind: 'tail', word: 'epochs' }] }),
      name('decay', {
        value: 1e-5,
        tails: [{ kind: 'tail', word: 'except', value: expect.objectContaining({ operator: '&' }) }],
      }),
      {
        kind: 'block-setting',
        name: 'retrain',
        settings: { kind: 'settings', items: [{ kind: 'override-setting', name: 'width', value: 8 }] },
      },
    ])
  })

  it('lets settings and overrides of params stand directly in a search', () => {
    expect(clauses('epochs 50\ncells = 3\nscale quick { cells = 3 }')).toMatchObject([
      name('epochs', { value: 50 }),
      { kind: 'override-setting', name: 'cells', value: 3 },
      { kind: 'scale', name: 'quick' },
    ])
  })

  it('reads settings by their name, with and without a block, and a block on the next line as no block of it', () => {
    const block = (...items: unknown[]): unknown => ({ kind: 'settings', items })
    expect(
      clauses(
        'retrain long\nretrain long { epochs 1 }\nscale quick short { retrain long }\nscale paper short\nvalidate on 10%',
      ),
    ).toEqual([
      { kind: 'retrain', named: 'long' },
      { kind: 'retrain', named: 'long', settings: block(name('epochs', { value: 1 })) },
      {
        kind: 'scale',
        name: 'quick',
        named: 'short',
        settings: block({ kind: 'block-setting', name: 'retrain', named: 'long' }),
      },
      { kind: 'scale', name: 'paper', named: 'short' },
      { kind: 'validate', share: 0.1 },
    ])
    expect(plain(parsed('settings long { epochs 1 }\nsearch b of s like a {}').declarations)).toMatchObject([
      { kind: 'settings-declaration', name: 'long', settings: block(name('epochs', { value: 1 })) },
      { kind: 'search', name: 'b', space: 's', like: 'a', rewrites: [], clauses: [] },
    ])
  })
})
