import { describe, expect, it } from 'vitest'
import { costOf, type Cost } from '../../../src/space/cost/index.js'
import { buildNetwork, ElaborationFailure, resolveParams, type Network } from '../../../src/space/index.js'
import type { Expression } from '../../../src/ir/model/expression.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { fact, op, oneOf, pipe, set, x } from '../../support/expressions.js'
import { dartsIr } from '../../support/darts-ir-without-norms.js'

const head: Expression = pipe(op('std:nn.global_pool'), op('std:nn.linear', { features: fact('classes') }))

/** A network of one operation on an 8x8 map of `channels`; the head is not counted. */
function networkOf(body: Expression, channels = 12, standalone = true): Network {
  const [space] = dartsIr.spaces
  if (!space) throw new Error('no space')
  const input = { height: x(8), width: x(8), channels: x(channels) }
  const network = [{ kind: 'stem', parts: [body] } as const, { kind: 'head', body: head } as const]
  const ir: Ir = { ...dartsIr, spaces: [{ ...space, input, cells: [], network }] }
  const binding = (): { readonly kind: 'mix' } => ({ kind: 'mix' })
  return buildNetwork(ir, 'darts', {
    params: resolveParams(ir, {}),
    binding,
    mode: standalone ? 'standalone' : 'shared',
  })
}
function costs(
  body: Expression,
  channels?: number,
  convention?: string,
  standalone?: boolean,
): Pick<Cost, 'parameters' | 'macs'> {
  const rows = costOf(networkOf(body, channels, standalone), convention).layers.filter(({ path }) =>
    path.startsWith('stem'),
  )
  const sum = (of: 'parameters' | 'macs'): number => rows.reduce((total, row) => total + row[of], 0)
  return { parameters: sum('parameters'), macs: sum('macs') }
}

describe('operations of DARTS', () => {
  it.each([
    [3, 12],
    [5, 12],
    [3, 7],
  ])('sep_conv(%d) on %d channels follows 2(k^2 C + C^2)', (k, c) => {
    const formula = 2 * (k * k * c + c * c)
    expect(costs(op('std:cells.sep_conv', { kernel: k }), c, 'conv-fc', false)).toEqual({
      parameters: formula,
      macs: 64 * formula,
    })
    // Stand-alone, two batch norms have a scale and a shift each.
    expect(costs(op('std:cells.sep_conv', { kernel: k }), c).parameters).toBe(formula + 4 * c)
  })

  it.each([3, 5])('dil_conv(%d) follows k^2 C + C^2, a quarter of the work at stride 2', (k) => {
    const formula = k * k * 12 + 144
    expect(costs(op('std:cells.dil_conv', { kernel: k, stride: 2 }), 12, 'conv-fc', false)).toEqual({
      parameters: formula,
      macs: 16 * formula,
    })
  })

  it('skip is nothing at stride 1 and C^2 at stride 2', () => {
    expect(costs(op('std:cells.skip'))).toEqual({ parameters: 0, macs: 0 })
    expect(costs(op('std:cells.skip', { stride: 2 }), 12, 'conv-fc', false)).toEqual({
      parameters: 144,
      macs: 16 * 144,
    })
  })

  it('pools have a batch norm in the supernet only', () => {
    const layers = (standalone: boolean): readonly string[] =>
      networkOf(op('std:cells.max_pool', { kernel: 3 }), 12, standalone).nodes.map(({ path }) => path)
    expect(layers(true)).not.toContain('stem.max_pool.bn')
    expect(layers(false)).toContain('stem.max_pool.bn')
  })
})

describe('conventions', () => {
  const block = pipe(op('std:nn.relu'), op('std:nn.conv', { kernel: 3, channels: 4, bias: true }), op('std:nn.bn'))
  const conv = 9 * 12 * 4
  it.each([
    ['conv-fc', conv * 64, conv + 4 + 8],
    ['full', conv * 64 + 12 * 64 + 2 * 4 * 64, conv + 4 + 8],
    ['mobile-vision', conv * 64, conv],
  ])('%s', (convention, macs, parameters) => {
    expect(costs(block, 12, convention)).toEqual({ macs, parameters })
  })

  it('mobile-vision counts what global pooling reads', () => {
    const total = costOf(networkOf(block), 'mobile-vision').macs - costOf(networkOf(block), 'conv-fc').macs
    expect(total).toBe(64 * 4)
  })

  it('activations are the bytes of all outputs', () => {
    // relu, conv, bn, pooled vector, logits
    expect(costOf(networkOf(block)).activationBytes).toBe(4 * (64 * 12 + 64 * 4 + 64 * 4 + 4 + 10))
  })

  it('that do not exist are failures', () => {
    expect(() => costOf(networkOf(block), 'thop')).toThrow(/no counting convention/)
  })
})

describe('networks that cannot be', () => {
  const failureOf = (body: Expression): ElaborationFailure => {
    try {
      networkOf(body)
    } catch (failure) {
      if (failure instanceof ElaborationFailure) return failure
      throw failure
    }
    throw new Error('nothing was thrown')
  }

  it('sum maps of different shapes', () => {
    const branches = [op('std:nn.conv', { channels: 4 }), op('std:nn.conv', { channels: 4, stride: 2 })]
    const failure = failureOf({ kind: 'branches', merge: 'sum', branches })
    expect(failure).toMatchObject({
      reason: 'shape',
      path: 'stem.sum',
      shapes: [
        { height: 8, width: 8, channels: 4 },
        { height: 4, width: 4, channels: 4 },
      ],
    })
    expect(failure.message).toContain('`stem.conv` is 8x8x4, `stem.conv[2]` 4x4x4')
  })

  it('mix options of different shapes', () => {
    const options = set(op('std:nn.conv', { channels: 4 }), op('std:nn.identity'))
    expect(failureOf(oneOf('through', options))).toMatchObject({ reason: 'shape', path: 'stem.through' })
  })

  it('break a requirement of a primitive', () => {
    expect(failureOf(op('std:nn.conv', { groups: 5 }))).toMatchObject({
      reason: 'require',
      path: 'stem.conv',
      shapes: [{ height: 8, width: 8, channels: 12 }],
    })
  })

  it('give a real number where an integer must stand', () => {
    expect(failureOf(op('std:nn.conv', { channels: 4.5 }))).toMatchObject({ reason: 'value', path: 'stem.conv' })
  })
})
