import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork, relaxedBinding, resolveParams, type Network } from '../../../src/space/index.js'
import { architectureOf, printArchitecture, verifyExpectations } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { dartsIr } from '../../support/darts-ir-without-norms.js'

const { value, diagnostics } = compile('spaces/darts.nas', nodeHost())
function compiled(): Ir {
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return value
}

describe('spaces/darts.nas, compiled', () => {
  const supernet = (ir: Ir): Network => {
    const options = { params: resolveParams(ir, {}), binding: relaxedBinding, mode: 'shared' } as const
    return buildNetwork(ir, 'darts', options)
  }

  it('means what the space written by hand means', () => {
    const [ours, byHand] = [supernet(compiled()), supernet(dartsIr)]
    expect(costOf(ours)).toEqual(costOf(byHand))
    for (const convention of ['full', 'mobile-vision']) {
      expect(costOf(ours, convention).macs).toBe(costOf(byHand, convention).macs)
    }
    expect(ours.nodes.map(({ path, shape, inputs }) => ({ path, shape, inputs }))).toEqual(
      byHand.nodes.map(({ path, shape, inputs }) => ({ path, shape, inputs })),
    )
    const params = resolveParams(dartsIr, {})
    expect(decisionsOf(compiled(), 'darts', { params })).toEqual(decisionsOf(dartsIr, 'darts', { params }))
  })

  it('holds what it expects', () => {
    expect(verifyExpectations(compiled()).map(({ found, holds }) => [found, holds])).toEqual([
      [3_169_414, true],
      [500_987_520, true],
      [3_349_342, true],
      [528_359_040, true],
      [3_634_678, true],
      [556_670_592, true],
    ])
  })

  it('has the auxiliary head that its search trains with', () => {
    const ir = compiled()
    const params = resolveParams(ir, { cells: 3, width: 8 })
    const binding = bindingOf(architectureOf(ir, 'DARTS_V2', params))
    const input = { height: 28, width: 28, channels: 1 }
    const network = buildNetwork(ir, 'darts', { params, binding, mode: 'standalone', input, auxiliaryAt: 2 / 3 })
    expect(network.nodes[network.auxiliary ?? 0]?.shape).toEqual({ height: 1, width: 1, channels: 10 })
  })

  it('reads back the architectures that are printed', () => {
    const ir = compiled()
    const params = resolveParams(ir, {})
    const written = ir.architectures.map(({ name }) =>
      printArchitecture(ir, architectureOf(ir, name, params), `${name}_again`, params),
    )
    const text = [readFileSync('spaces/darts.nas', 'utf8'), ...written].join('\n')
    const again = compile('main.nas', memoryHost({ 'main.nas': text }, nodeHost()))
    expect(again.diagnostics).toEqual([])
    if (!again.value) throw new Error('not compiled')
    for (const { name } of ir.architectures) {
      expect(architectureOf(again.value, `${name}_again`, params)).toEqual(architectureOf(ir, name, params))
    }
  })
})
