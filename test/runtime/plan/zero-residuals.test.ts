import { describe, expect, it } from 'vitest'
import { zeroResiduals } from '../../../src/runtime/plan/zero-residuals.js'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

function networkOf(layers: string): Network {
  const ir = compiledText(`
import std:nn
op block() = residual { conv(channels, 3) -> bn -> relu -> conv(channels, 1) -> bn }
space small {
  input image(8, 3); classes 3
  network {
    stem conv(4) -> bn
    ${layers}
    head global_pool -> linear(classes)
  }
}`)
  const params = resolveParams(ir, {})
  return buildNetwork(ir, 'small', { params, binding: () => ({ kind: 'mix' }), mode: 'shared' })
}

/** Paths of the weights that start otherwise than without, and that do so at zero. */
function zeroed(network: Network): readonly string[] {
  const before = network.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
  const after = zeroResiduals(network).nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path))
  return after.flatMap(({ path, init, role }, index) => {
    if (init === before[index]?.init) return []
    expect([role, init, before[index]?.init]).toEqual(['scale', 'zeros', 'ones'])
    return [path]
  })
}

describe('residual blocks that start as identities', () => {
  it('have a zero in place of the last scale, wherever the block is written', () => {
    const written = networkOf(
      'stage s { width 4; layer residual { conv(channels, 3) -> bn -> relu -> conv(channels, 1) -> bn } }',
    )
    const named = networkOf('stage s { width 4; layer block }')
    for (const network of [written, named]) {
      const found = zeroed(network)
      expect(found).toHaveLength(1)
      // The second of the two.
      const scales = network.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
      expect(scales.filter(({ role }) => role === 'scale').map(({ path }) => path)).toEqual([
        'stem.bn.scale',
        expect.any(String),
        found[0],
      ])
    }
  })

  it('have one on every way through the body, and none where nothing is normalised or added', () => {
    const several = networkOf(
      'stage s { width 4; layer residual { one of { identity, conv(channels) -> bn, conv(channels, 3) -> bn -> relu } } }',
    )
    expect(zeroed(several)).toHaveLength(2)
    expect(zeroed(networkOf('stage s { width 4; layer residual { conv(channels, 3) } }'))).toEqual([])
    // Twice the width: there is nothing to add what arrives to.
    expect(zeroed(networkOf('stage s { width 8; layer residual { conv(channels, 3) -> bn } }'))).toEqual([])
    const plain = networkOf('stage s { width 4; layer conv(channels, 3) -> bn }')
    expect(zeroResiduals(plain)).toBe(plain)
  })
})
