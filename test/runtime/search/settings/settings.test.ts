import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolveSettings } from '../../../../src/runtime/search/settings/settings.js'
import { standalonePlan } from '../../../../src/runtime/search/settings/standalone-plan.js'
import { failureOf } from '../../../support/failures.js'
import { compiledFile, compiledText } from '../../../support/programs.js'
import { trainedSearch } from '../../../support/trained-search.js'
import { searchIr, unlawfulSearchIr } from '../../../support/search-ir.js'

const ir = searchIr()

describe('settings of a search', () => {
  it('set params that are sets in a scale, and all that speaks of them', () => {
    const plan = resolveSettings(compiledFile('spaces/ofa-mobilenetv3.nas'), { scale: 'quick' })
    expect(plan.params).toMatchObject({ sides: [24, 32], long: 1, short: 1 })
    expect([plan.settings.epochs, plan.sample.component]).toEqual([6, 'progressive'])
    const phases = plan.sample.arguments['phases']
    expect(Array.isArray(phases) && phases[0]).toMatchObject({ arguments: { what: 'resolution', options: [24, 32] } })
  })

  it('train choices in some epoch, whatever the command line sets', async () => {
    const program = compiledFile('spaces/pc-darts.nas')
    const request = { search: 'edge_normalised', scale: 'quick' }
    expect(resolveSettings(program, request).choices?.settings.frozen).toBe(1)
    expect(await failureOf(() => resolveSettings(program, { ...request, set: { epochs: 1 } }))).toMatchObject({
      code: 'NAS7665',
      message: '`frozen 1` of the search `edge_normalised` leaves none of its 1 epoch to train the choices in.',
    })
  })

  it('train candidates on images as the search blanks them, and what is retrained as the retraining does', () => {
    const text = trainedSearch('random(count: 2)', { more: 'cutout 3; retrain { epochs 2 }' })
    const plan = resolveSettings(compiledText(text), {})
    expect(plan.retrain?.settings.cutout).toBe(0)
    expect(standalonePlan(plan, 4).settings).toMatchObject({ cutout: 3, epochs: 4 })
  })

  it('set params that are sets on the command line', () => {
    const program = compiledFile('spaces/entrannas.nas')
    const plan = resolveSettings(program, { search: 'entrannas', scale: 'quick', set: { engine_cells: [0, 1] } })
    expect(plan.params).toMatchObject({ engine_cells: [0, 1] })
    expect(plan.cells?.[0]).toMatchObject({ component: 'engine', arguments: { at: [0, 1] } })
  })

  it('scale paper is the paper’s own setting', () => {
    const plan = resolveSettings(ir, { scale: 'paper' })
    expect(plan).toMatchObject({ search: 'first_order', scale: 'paper', params: {} })
    expect(plan.settings).toMatchObject({ epochs: 50, batch: 64, cutout: 0 })
    expect(plan.settings.examples).toBeUndefined()
    expect(plan.settings.augment).toEqual([
      { component: 'crop', arguments: { padding: 4 } },
      { component: 'flip', arguments: {} },
    ])
    expect(plan.weights).toEqual({
      share: 0.5,
      settings: { clip: 5 },
      optimiser: {
        component: 'sgd',
        arguments: {
          lr: { component: 'cosine', arguments: { range: { from: 0.025, to: 0.001 }, smooth: false } },
          momentum: 0.9,
          decay: 3e-4,
          nesterov: false,
        },
      },
    })
    expect(plan.choices?.optimiser.arguments).toMatchObject({
      lr: 3e-4,
      betas: [0.5, 0.999],
      decay: 1e-3,
      epsilon: 1e-8,
    })
    expect(plan.choices?.settings.choice_init).toBe(1e-3)
    expect(plan.derive).toEqual({ rules: [{ by: { component: 'top', arguments: { count: 2 } } }], except: ['none'] })
  })

  it('retraining inherits optimiser, clip and augmentation from the search, and sets the rest', () => {
    const { retrain } = resolveSettings(ir, { scale: 'paper' })
    expect(retrain).toMatchObject({
      params: { cells: 20, width: 36 },
      settings: {
        ...{ epochs: 600, batch: 96, clip: 5, cutout: 16 },
        drop_path: { from: 0, to: 0.2 },
        auxiliary: { weight: 0.4, at: 2 / 3 },
      },
    })
    expect(retrain?.settings.augment).toHaveLength(2)
    expect(retrain?.optimiser.arguments).toMatchObject({
      momentum: 0.9,
      lr: { component: 'cosine', arguments: { range: { from: 0.025, to: 0 } } },
    })
  })

  it('retraining may smooth labels, decay weights and choose its head otherwise than the search', () => {
    const text = `
import std:search
import std:cells
import darts from "./darts.nas"
search again of darts {
  relax    through by softmax, from by strength
  minimise cross_entropy(smoothing: 0.2)
  train weights on 50% { sgd(lr: 0.1, decay: 3e-4) }
  train choices on 50% { adam(lr: 3e-4) }
  derive   top(2) except none
  epochs 2; batch 8
  retrain { epochs 250, lr linear(0.5 to 0 last 5), decay 3e-5, label_smoothing 0.1, auxiliary 0.4 at 2/3 head auxiliary_head_imagenet }
}`
    const again = compiledText(text, { 'darts.nas': readFileSync('spaces/darts.nas', 'utf8') })
    const { retrain, minimise, weights } = resolveSettings(again, {})
    expect(minimise).toMatchObject({ component: 'cross_entropy', arguments: { smoothing: 0.2 } })
    expect(weights?.optimiser.arguments).toMatchObject({ decay: 3e-4, lr: 0.1 })
    expect(retrain?.settings).toMatchObject({ label_smoothing: 0.1, auxiliary: { head: 'auxiliary_head_imagenet' } })
    expect(retrain?.optimiser.arguments).toMatchObject({
      decay: 3e-5,
      lr: { component: 'linear', arguments: { range: { from: 0.5, to: 0 }, last: 5 } },
    })
  })

  it('a scale beats the search, the command line beats both, `retrain.` speaks of the retraining', () => {
    const set = { cells: 5, epochs: 7, 'retrain.width': 12, 'retrain.epochs': 1, 'retrain.cutout': 0 }
    const plan = resolveSettings(ir, { scale: 'tiny', set })
    expect(plan).toMatchObject({ params: { cells: 5, width: 4 }, settings: { epochs: 7, batch: 8 } })
    expect(plan.retrain).toMatchObject({
      params: { cells: 3, width: 12 },
      settings: { epochs: 1, cutout: 0, batch: 8 },
    })
  })

  it('is plain data', () => {
    const plan = resolveSettings(ir, { scale: 'paper' })
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it.each([
    ['no scale where only scales say the epochs', {}, 'NAS7511', /--scale paper.*--scale tiny/u],
    ['an unknown scale', { scale: 'huge' }, 'NAS7514', /paper, tiny/u],
    ['an unknown search', { search: 'second_order', scale: 'tiny' }, 'NAS7513', /first_order/u],
    ['an unknown param', { scale: 'tiny', set: { depth: 3 } }, 'NAS8101', /cells/u],
    ['a param of the wrong type', { scale: 'tiny', set: { cells: 2.5 } }, 'NAS8111', /cells/u],
    ['no whole number of epochs', { scale: 'tiny', set: { epochs: 1.5 } }, 'NAS7502', /epochs/u],
    ['no image in a batch', { scale: 'tiny', set: { batch: 0 } }, 'NAS7502', /batch/u],
  ])('refuses %s', async (_what, request, code, words) => {
    const failure = await failureOf(() => resolveSettings(ir, request))
    expect(failure.code).toBe(code)
    expect(`${failure.message} ${failure.help}`).toMatch(words)
  })

  it('refuses a component that the runtime has not, naming it, the clause and what there is', async () => {
    const declared = 'import std:search\nextern augmentation wobble() planned'
    const changed = searchIr(['import std:search', declared], ['crop(4) & flip', 'wobble & flip'])
    expect(resolveSettings(changed, { scale: 'tiny' }).settings.augment).toEqual([])
    const failure = await failureOf(() => resolveSettings(changed, { scale: 'paper' }))
    expect(failure.code).toBe('NAS7501')
    expect(failure.message).toContain('`augment` asks for the augmentation `wobble`')
    expect(failure.help).toContain('crop, flip')
  })

  it('refuses a setting that a program declares and the runtime has not', async () => {
    const declared = ['import std:search', 'import std:search\nextern setting wobble(by: real) in search'] as const
    const changed = searchIr(declared, ['scale tiny {', 'scale tiny { wobble 2,'])
    const failure = await failureOf(() => resolveSettings(changed, { scale: 'tiny' }))
    expect([failure.code, failure.message]).toEqual([
      'NAS7501',
      'The clause `scale tiny` asks for the setting `wobble`, which is not available yet.',
    ])
  })

  it('refuses clauses that nothing acts on yet', async () => {
    const judged = searchIr(['  sample   all', '  score batch_loss\n  sample   all'])
    const components = judged.components.map((each) => (each.name === 'batch_loss' ? { ...each, planned: true } : each))
    const failure = await failureOf(() => resolveSettings({ ...judged, components }, { scale: 'tiny' }))
    expect([failure.code, failure.message]).toEqual([
      'NAS7519',
      'The search `first_order` asks for the score `batch_loss`, which is not available yet.',
    ])
  })

  it('holds what architectures are judged by, and on how many images', () => {
    const changed = searchIr([
      'train choices on 50%',
      'validate on 10%; score batch_loss; calibrate 7; train choices on 40%',
    ])
    expect(resolveSettings(changed, { scale: 'tiny' })).toMatchObject({
      validate: 0.1,
      score: { component: 'batch_loss' },
      settings: { calibrate: 7 },
    })
    const plain = resolveSettings(ir, { scale: 'tiny' })
    expect(plain).toMatchObject({ score: { component: 'accuracy' }, settings: { calibrate: 100 } })
    expect(plain.validate).toBeUndefined()
  })

  it('of the command line have the defaults of their other arguments', () => {
    const mentioned = searchIr([/^ {2}retrain {2}/mu, '  drop_connect 0.1\n  retrain  '])
    const set = { drop_connect: 0.2, 'retrain.drop_connect': 0.3 }
    const { weights, retrain } = resolveSettings(mentioned, { scale: 'tiny', set })
    const others = { stages: 1000, for: { component: 'all', arguments: {} } }
    expect(weights?.settings.drop_connect).toEqual({ rate: 0.2, ...others })
    expect(retrain?.settings.drop_connect).toEqual({ rate: 0.3, ...others })
  })

  it('refuses settings out of place', async () => {
    const misplaced = unlawfulSearchIr(({ train, settings }) => ({
      settings: { ...settings, values: { ...settings.values, ...train[1]?.settings.values } },
    }))
    expect(await failureOf(() => resolveSettings(misplaced, { scale: 'tiny' }))).toMatchObject({ code: 'NAS7510' })
  })

  it('refuses shares of more than all images', async () => {
    const share = { kind: 'number', value: 0.8 } as const
    const greedy = unlawfulSearchIr(({ train }) => ({ train: train.map((each) => ({ ...each, share })) }))
    expect(await failureOf(() => resolveSettings(greedy, { scale: 'tiny' }))).toMatchObject({ code: 'NAS7515' })
  })
})
