import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import {
  bindingOf,
  buildNetwork,
  ElaborationFailure,
  resolveParams,
  relaxedBinding,
  type Binding,
  type Network,
  type Weight,
} from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { compiledFile } from '../../support/programs.js'

const ir = compiledFile('spaces/attentivenas.nas')
const params = resolveParams(ir, {})
const build = (binding: Binding, mode: Network['mode'] = 'standalone'): Network =>
  buildNetwork(ir, 'attentivenas', { params, binding, mode })
const named = (name: string): Binding => bindingOf(architectureOf(ir, name, params))
/** The options of an architecture as slices of the largest network. */
const slicesOf = (name: string): Binding => {
  const { decisions } = architectureOf(ir, name, params)
  return ({ path }) => ({ kind: 'slice', option: decisions[path]?.[0] ?? 0 })
}
const weightsOf = (network: Network): readonly Weight[] =>
  network.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))

describe('the space of AttentiveNAS', () => {
  it('has 28 decisions and 440,301,256,704 architectures', () => {
    const decisions = decisionsOf(ir, 'attentivenas', { params })
    expect(decisions).toHaveLength(1 + 9 + 7 + 7 + 4)
    expect(decisions.map(({ path }) => path).slice(0, 7)).toEqual([
      'resolution',
      'stem.width',
      'mb1.width',
      'mb1.depth',
      'mb1.kernel',
      'mb2.width',
      'mb2.depth',
    ])
    expect(decisions.reduce((product, { options }) => product * options.length, 1)).toBe(440_301_256_704)
  })

  it.each([
    ['A0', 203_389_568, 8_954_184],
    ['A1', 279_238_816, 9_452_872],
    ['A2', 316_730_080, 11_149_824],
    ['Largest', 1_939_335_808, 23_404_080],
  ])('%s costs %d multiply-accumulates and %d parameters', (name, macs, parameters) => {
    const cost = costOf(build(named(name)))
    expect(cost.macs).toBe(macs)
    expect(cost.parameters).toBe(parameters)
  })

  it('refuses to sum networks of different widths', () => {
    expect(() => build(relaxedBinding, 'shared')).toThrow(ElaborationFailure)
  })
})

describe('slices', () => {
  const sliced = build(slicesOf('A0'), 'shared')
  const largest = build(named('Largest'))

  it('compute what the architecture computes alone', () => {
    expect(costOf(sliced).macs).toBe(203_389_568)
    expect(costOf(sliced).parameters).toBe(8_954_184)
  })

  it('know the shape of the whole weight', () => {
    const whole = new Map(weightsOf(largest).map(({ path, shape }) => [path, shape]))
    for (const weight of weightsOf(sliced))
      expect(weight.stored ?? weight.shape, weight.path).toEqual(whole.get(weight.path))
    expect(
      weightsOf(sliced).find(({ path }) => path === 'mb2[1].attentive_mbconv.bottleneck.depthwise.kernel'),
    ).toMatchObject({
      shape: [3, 3, 64],
      stored: [5, 5, 144],
    })
  })
})

describe('masks', () => {
  const networkWith = (paths: Readonly<Record<string, 'mask' | 'subsample' | 'mix'>>): Network => {
    const others = named('A0')
    return build((decision) => {
      const kind = paths[decision.path]
      return kind ? { kind } : others(decision)
    }, 'shared')
  }

  it('build the widest stage and tell the channels under every option', () => {
    const network = networkWith({ 'mb5.width': 'mask' })
    const node = network.nodes.find(({ path }) => path === 'mb5[2].attentive_mbconv[kernel=3,expand=4].sum')
    expect(node?.shape.channels).toBe(128)
    expect(node?.elastic?.map(({ decision, shapes }) => [decision, shapes.map(({ channels }) => channels)])).toEqual([
      ['mb5.width', [112, 120, 128]],
    ])
    expect(network.nodes.find(({ path }) => path.startsWith('mb4[2]'))?.elastic).toBeUndefined()
  })

  it('build the largest image for subsampling', () => {
    const network = networkWith({ resolution: 'subsample' })
    expect(network.input.height).toBe(288)
    expect(network.nodes[0]?.elastic?.[0]).toMatchObject({
      by: 'subsample',
      shapes: [{ height: 192 }, {}, {}, { height: 288 }],
    })
  })

  it('cannot stand for a depth, but a mix can', () => {
    expect(() => networkWith({ 'mb5.depth': 'mask' })).toThrow(/Bind|there is no/)
    const mix = networkWith({ 'mb5.depth': 'mix' }).nodes.find(({ kind }) => kind === 'mix')
    expect(mix).toMatchObject({ decision: 'mb5.depth', options: [0, 1, 2, 3, 4, 5] })
    expect(mix?.inputs).toHaveLength(6)
  })

  it('a mix of kernels builds a block per kernel, with weights of its own', () => {
    const network = networkWith({ 'mb5.kernel': 'mix' })
    const mixes = network.nodes.filter((node) => node.kind === 'mix')
    expect(mixes).toHaveLength(3)
    const kernels = weightsOf(network).filter(({ path }) => /^mb5\[2\].*depthwise\.kernel$/.test(path))
    expect(kernels.map(({ path, shape }) => [path, shape[0]])).toEqual([
      ['mb5[2].attentive_mbconv[kernel=3,expand=4].bottleneck.depthwise.kernel', 3],
      ['mb5[2].attentive_mbconv[kernel=5,expand=4].bottleneck.depthwise.kernel', 5],
    ])
  })
})
