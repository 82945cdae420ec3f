import { describe, expect, it } from 'vitest'
import { costOf, type Cost } from '../../../src/space/cost/index.js'
import {
  buildNetwork,
  ElaborationFailure,
  relaxedBinding,
  resolveParams,
  type Network,
} from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

/** A network of one operation on an 8x8 map of `channels`; the head is not counted. Params are set after compiling. */
function networkOf(
  operation: string,
  channels = 12,
  standalone = true,
  params: Readonly<Record<string, number>> = {},
): Network {
  const declared = Object.keys(params).map((name) => `param ${name} = 1`)
  const ir = compiledText(`
import { bn, conv, global_pool, identity, linear, relu } from std:nn
import std:cells
${declared.join('\n')}
space single {
  input   image(8, ${channels})
  classes 10
  network { stem ${operation}; head global_pool -> linear(classes) }
}`)
  return buildNetwork(ir, 'single', {
    params: resolveParams(ir, params),
    binding: relaxedBinding,
    mode: standalone ? 'standalone' : 'shared',
  })
}
function costs(
  operation: string,
  channels?: number,
  convention?: string,
  standalone?: boolean,
): Pick<Cost, 'parameters' | 'macs'> {
  const rows = costOf(networkOf(operation, channels, standalone), convention).layers.filter(({ path }) =>
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
    expect(costs(`sep_conv(${k})`, c, 'conv-fc', false)).toEqual({
      parameters: formula,
      macs: 64 * formula,
    })
    // Stand-alone, two batch norms have a scale and a shift each.
    expect(costs(`sep_conv(${k})`, c).parameters).toBe(formula + 4 * c)
  })

  it.each([3, 5])('dil_conv(%d) follows k^2 C + C^2, a quarter of the work at stride 2', (k) => {
    const formula = k * k * 12 + 144
    expect(costs(`dil_conv(${k}, stride: 2)`, 12, 'conv-fc', false)).toEqual({
      parameters: formula,
      macs: 16 * formula,
    })
  })

  it('skip is nothing at stride 1 and C^2 at stride 2', () => {
    expect(costs('skip')).toEqual({ parameters: 0, macs: 0 })
    expect(costs('skip(stride: 2)', 12, 'conv-fc', false)).toEqual({
      parameters: 144,
      macs: 16 * 144,
    })
  })

  it('pools have a batch norm in the supernet only', () => {
    const layers = (standalone: boolean): readonly string[] =>
      networkOf('max_pool(3)', 12, standalone).nodes.map(({ path }) => path)
    expect(layers(true)).not.toContain('stem.max_pool.bn')
    expect(layers(false)).toContain('stem.max_pool.bn')
  })
})

describe('conventions', () => {
  const block = 'relu -> conv(4, 3, bias: true) -> bn'
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
  /** The compiler proves a program for its params as they stand; with other ones it may build no network. */
  const failureOf = (operation: string, params: Readonly<Record<string, number>>): ElaborationFailure => {
    expect(() =>
      networkOf(operation, 12, true, Object.fromEntries(Object.keys(params).map((name) => [name, 1]))),
    ).not.toThrow()
    try {
      networkOf(operation, 12, true, params)
    } catch (failure) {
      if (failure instanceof ElaborationFailure) return failure
      throw failure
    }
    throw new Error('nothing was thrown')
  }

  it('sum maps of different shapes', () => {
    const failure = failureOf('sum(conv(4), conv(4, stride: n))', { n: 2 })
    expect(failure).toMatchObject({
      slug: 'shapes-disagree',
      path: 'stem.sum',
    })
    expect(failure.message).toContain('`stem.conv` is 8x8x4, `stem.conv[2]` 4x4x4')
  })

  it('mix options of different shapes', () => {
    const failure = failureOf('one of { conv(12 / n), identity }', { n: 3 })
    expect(failure).toMatchObject({ slug: 'shapes-disagree', path: 'stem.stem' })
  })

  it('break a requirement of a primitive', () => {
    expect(failureOf('conv(12, groups: n)', { n: 5 })).toMatchObject({
      slug: 'requirement-not-met',
      path: 'stem.conv',
      what: expect.stringContaining('groups must divide') as unknown,
    })
  })

  it('give a real number where an integer must stand', () => {
    expect(failureOf('conv(9 / n)', { n: 2 })).toMatchObject({ slug: 'wrong-kind-of-value', path: 'stem.conv' })
  })
})
