import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, relaxedBinding, resolveParams, type Network } from '../../../src/space/index.js'
import { architectureOf, printArchitecture } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { dartsIr as ir } from '../../support/darts-ir.js'
import { compiledText } from '../../support/programs.js'

const searched = resolveParams(ir, {})
const full = resolveParams(ir, { cells: 20, width: 36 })

function standalone(name: string, options: Partial<Parameters<typeof buildNetwork>[2]> = {}): Network {
  const binding = bindingOf(architectureOf(ir, name, full))
  return buildNetwork(ir, 'darts', { params: full, binding, mode: 'standalone', ...options })
}

/** Every weight by path, over the whole network. */
function weightsOf(network: Network): ReadonlyMap<string, string> {
  const weights = new Map<string, string>()
  for (const node of network.nodes) {
    if (node.kind !== 'layer') continue
    for (const { path, shape } of node.weights) {
      expect(weights.has(path), path).toBe(false)
      weights.set(path, shape.join('x'))
    }
  }
  return weights
}

describe('the DARTS supernet', () => {
  const network = buildNetwork(ir, 'darts', { params: searched, binding: relaxedBinding, mode: 'shared' })

  it('has the published number of weights and multiply-accumulates', () => {
    const cost = costOf(network)
    expect(cost.parameters).toBe(1_930_618)
    expect(cost.macs).toBe(300_255_744)
    expect(costOf(network, 'full').macs).toBe(327_207_424)
    expect(costOf(network, 'mobile-vision')).toMatchObject({ macs: 300_272_128, parameters: 1_930_512 })
  })

  it('builds what the space says, in its order', () => {
    expect(network.nodes).toHaveLength(3667)
    const edge = network.nodes.find(({ path }) => path === 'cells[1].n2.s0.through')
    const inputs = edge?.inputs.map((id) => network.nodes[id]?.path)
    expect(inputs).toEqual([
      'cells[1].n2.s0.none.zero',
      'cells[1].n2.s0.max_pool(3).bn',
      'cells[1].n2.s0.avg_pool(3).bn',
      'cells[1].prepare.s0.relu_conv_bn.bn',
      'cells[1].n2.s0.sep_conv(3).bn[2]',
      'cells[1].n2.s0.sep_conv(5).bn[2]',
      'cells[1].n2.s0.dil_conv(3).bn',
      'cells[1].n2.s0.dil_conv(5).bn',
    ])
  })

  it('mixes eight operations on each of 14 edges of 8 cells', () => {
    const mixes = network.nodes.filter((node) => node.kind === 'mix')
    expect(mixes).toHaveLength(8 * 14)
    for (const mix of mixes) expect(mix.options).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(network.nodes.filter((node) => node.kind === 'edge')).toHaveLength(8 * 14)
  })

  it('numbers its nodes in order, with unique paths', () => {
    network.nodes.forEach((node, index) => {
      expect(node.id).toBe(index)
      for (const input of node.inputs) expect(input).toBeLessThan(index)
    })
    expect(new Set(network.nodes.map(({ path }) => path)).size).toBe(network.nodes.length)
  })

  it('contains the weights of every architecture under the same paths', () => {
    const all = weightsOf(network)
    for (const { name } of ir.architectures) {
      const binding = bindingOf(architectureOf(ir, name, searched))
      const some = weightsOf(buildNetwork(ir, 'darts', { params: searched, binding, mode: 'shared' }))
      expect(some.size).toBeGreaterThan(50)
      for (const [path, shape] of some) expect(all.get(path), path).toBe(shape)
    }
  })

  it('takes the size of images and the classes from the data', () => {
    const input = { height: 28, width: 28, channels: 1 }
    const options = { params: searched, binding: relaxedBinding, mode: 'shared', input, classes: 26 } as const
    const other = buildNetwork(ir, 'darts', options)
    expect(other.nodes[other.logits]?.shape).toEqual({ height: 1, width: 1, channels: 26 })
    expect(other.nodes.find(({ path }) => path === 'cells[7].output')?.shape).toEqual({
      height: 7,
      width: 7,
      channels: 256,
    })
  })
})

describe('decisions of DARTS', () => {
  const decisions = decisionsOf(ir, 'darts', { params: searched })

  it('are the inputs of 4 nodes and the operations of 14 edges per cell', () => {
    expect(decisions.filter(({ kind }) => kind === 'through')).toHaveLength(28)
    expect(decisions.filter(({ kind }) => kind === 'from').map(({ path }) => path)).toEqual(
      ['normal', 'reduction'].flatMap((cell) => [1, 2, 3, 4].map((node) => `${cell}.n${node}.from`)),
    )
  })

  it('have options in the order in which they are written', () => {
    const byPath = new Map(decisions.map((decision) => [decision.path, decision]))
    expect(byPath.get('normal.n3.from')).toEqual({
      path: 'normal.n3.from',
      kind: 'from',
      options: ['s0', 's1', 'n1', 'n2'],
      arity: { least: 2, most: 2 },
    })
    expect(byPath.get('normal.n2.through[s0]')?.options).toEqual([
      'none',
      'max_pool(3)',
      'avg_pool(3)',
      'skip',
      'sep_conv(3)',
      'sep_conv(5)',
      'dil_conv(3)',
      'dil_conv(5)',
    ])
  })
})

describe('architectures of DARTS', () => {
  it.each([
    ['DARTS_V1', 500.99],
    ['DARTS_V2', 528.36],
    ['PC_DARTS_cifar', 556.67],
  ])('%s needs %d M multiply-accumulates', (name, macs) => {
    expect(costOf(standalone(name)).macs / 1e6).toBeCloseTo(macs, 2)
  })

  it('have an auxiliary head of 476,426 weights that no cost counts', () => {
    const plain = standalone('DARTS_V2')
    const helped = standalone('DARTS_V2', { auxiliaryAt: 2 / 3 })
    expect(plain.auxiliary).toBeUndefined()
    expect(helped.auxiliary).toBeDefined()
    const count = (network: Network): number =>
      network.nodes
        .flatMap((node) => (node.kind === 'layer' ? node.weights : []))
        .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
    expect(count(helped) - count(plain)).toBe(476_426)
    expect(costOf(helped)).toEqual(costOf(plain))
    expect(helped.nodes.find(({ path }) => path.startsWith('auxiliary'))?.inputs).toEqual([
      helped.nodes.find(({ path }) => path === 'cells[13].output')?.id,
    ])
  })

  it.each([28, 32, 16, 8])('have an auxiliary head on images of %d pixels too', (side) => {
    const network = standalone('DARTS_V2', { auxiliaryAt: 2 / 3, input: { height: side, width: side, channels: 1 } })
    expect(network.nodes[network.auxiliary ?? 0]?.shape).toEqual({ height: 1, width: 1, channels: 10 })
  })

  it('drop every edge but identities', () => {
    const edges = standalone('DARTS_V2').nodes.filter((node) => node.kind === 'edge')
    expect(edges).toHaveLength(20 * 8)
    // 18 normal cells with two skips each; in the two reduction cells skips of n1 (stride 1) thrice.
    expect(edges.filter(({ droppable }) => !droppable)).toHaveLength(18 * 2 + 2 * 3)
  })

  it('read back from what they print', () => {
    const architecture = architectureOf(ir, 'DARTS_V2', full)
    expect(printArchitecture(ir, architecture, 'FOUND', full)).toBe(
      [
        'architecture FOUND of darts {',
        '  with width = 36, cells = 20',
        '  normal    { n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1; n3: skip of s0, sep_conv(3) of s1; n4: skip of s0, dil_conv(3) of n1 }',
        '  reduction { n1: max_pool(3) of s0, max_pool(3) of s1; n2: max_pool(3) of s1, skip of n1; n3: max_pool(3) of s0, skip of n1; n4: max_pool(3) of s1, skip of n1 }',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('are read back from their text', () => {
    const written = ir.architectures.map(({ name }) =>
      printArchitecture(ir, architectureOf(ir, name, searched), `${name}_again`, searched),
    )
    const again = compiledText([readFileSync('spaces/darts.nas', 'utf8'), ...written].join('\n'))
    expect(written).toHaveLength(3)
    for (const { name } of ir.architectures) {
      expect(architectureOf(again, `${name}_again`, searched)).toEqual(architectureOf(ir, name, searched))
    }
  })
})
