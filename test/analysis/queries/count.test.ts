import { describe, expect, it } from 'vitest'
import { countArchitectures, symmetricSums } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import type { Expression } from '../../../src/ir/model/expression.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import type { IrNode } from '../../../src/ir/model/space.js'
import { attentiveIr } from '../../support/attentive-ir.js'
import { dartsIr } from '../../support/darts-ir-without-norms.js'
import { binary, constant, fact, local, oneOf, op, pipe, range, set, when, x } from '../../support/expressions.js'

const params = resolveParams(dartsIr, { cells: 3, width: 4 })
const withNodes = (change: (node: IrNode) => IrNode, constants = dartsIr.constants): Ir => ({
  ...dartsIr,
  constants,
  cells: dartsIr.cells.map((cell) => ({ ...cell, nodes: cell.nodes.map(change) })),
})
const sevenOperations = dartsIr.constants.map((candidates) => ({
  ...candidates,
  value: binary(candidates.value, '-', set(op('std:cells.none'))),
}))

describe('counts of architectures', () => {
  it('DARTS with seven operations: 1,037,664,180 cells per type', () => {
    const ir = withNodes((node) => node, sevenOperations)
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe(1_037_664_180n ** 2n)
  })

  it('DARTS: answers per decision', () => {
    const { perDecision, architectures } = countArchitectures(dartsIr, 'darts', { params })
    expect([1, 2, 3, 4].map((node) => perDecision[`normal.n${node}.from`])).toEqual([1n, 3n, 6n, 10n])
    expect(perDecision['reduction.n4.through[n3]']).toBe(8n)
    expect(architectures).toBe((180n * 8n ** 8n) ** 2n)
  })

  it('any non-empty set of inputs: 9,765 topologies without operations', () => {
    const ir = withNodes((node) => ({
      ...node,
      from: { kind: 'choice', of: 'earlier', arity: { least: x(1) } },
      through: op('std:cells.sep_conv', { kernel: 3 }),
    }))
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe(9765n ** 2n)
  })

  it('any non-empty set of connections: the product of 2^(7j) - 1', () => {
    const ir = withNodes(
      (node) => ({
        ...node,
        from: { kind: 'connections', of: 'earlier', arity: { least: x(1) }, operations: constant('candidates') },
      }),
      sevenOperations,
    )
    const perType = [2n, 3n, 4n, 5n].reduce((product, inputs) => product * (2n ** (7n * inputs) - 1n), 1n)
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe(perType ** 2n)
  })

  it('AttentiveNAS: 440,301,256,704', () => {
    expect(countArchitectures(attentiveIr, 'attentivenas', { params: {} }).architectures).toBe(440_301_256_704n)
  })

  it('elementary symmetric sums are those of all subsets', () => {
    expect(symmetricSums([2n, 3n, 5n], 2, 2)).toBe(6n + 10n + 15n)
    expect(symmetricSums([2n, 3n, 5n], 0, 3)).toBe(3n * 4n * 6n)
  })
})

describe('counts where one choice decides which others exist', () => {
  const stageOf = (depth: Parameters<typeof oneOf>[1], layer: Expression): Ir => ({
    ...attentiveIr,
    spaces: attentiveIr.spaces.map((space) => ({
      ...space,
      input: { height: x(8), width: x(8), channels: x(8) },
      network: [
        {
          kind: 'stage',
          name: 'mb',
          lets: [],
          width: x(8),
          depth: oneOf('depth', depth),
          stride: x(1),
          layer,
        },
        { kind: 'head', body: pipe(op('std:nn.global_pool'), op('std:nn.linear', { features: fact('classes') })) },
      ],
    })),
  })
  const count = (ir: Ir): bigint => countArchitectures(ir, 'attentivenas', { params: {} }).architectures

  it('layers that exist with the depth: the sum over depths, as in once-for-all', () => {
    const layer = op('mbconv', { kernel: oneOf('kernel', set(3, 5, 7)), expand: oneOf('expand', set(3, 4, 6)) })
    expect(count(stageOf(range(2, 4), layer))).toBe(9n ** 2n + 9n ** 3n + 9n ** 4n)
  })

  it('a choice inside of an alternative counts only there', () => {
    const layer = oneOf(
      'block',
      set(op('std:nn.relu'), op('std:nn.conv', { kernel: oneOf('kernel', set(1, 3, 5)) }), op('std:nn.conv')),
    )
    // One layer: relu, three kernels of the first convolution, the second one.
    expect(count(stageOf(set(1, 2), layer))).toBe(5n + 25n)
  })

  it('a choice that exists under some numbers counts only there', () => {
    const kernel = when(binary(local('wide'), '>', 1), oneOf('kernel', set(1, 3, 5)), x(1))
    const ir = stageOf(set(1, 2), op('std:nn.conv', { kernel }))
    const lets = [{ name: 'wide', value: oneOf('wide', set(1, 2, 3)) }]
    const spaces = ir.spaces.map((space) => ({
      ...space,
      network: space.network.map((item) => (item.kind === 'stage' ? { ...item, lets } : item)),
    }))
    // Depth d: 1 where wide is 1, and 3^d for two other values.
    expect(count({ ...ir, spaces })).toBe(1n + 2n * 3n + 1n + 2n * 9n)
  })
})
