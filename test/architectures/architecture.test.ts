import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bindingOf, buildNetwork, resolveParams } from '../../src/space/index.js'
import { architectureOf } from '../../src/architectures/index.js'
import type { Assignment, Ir } from '../../src/ir/model/ir.js'
import type { Expression } from '../../src/ir/model/expression.js'
import { dartsIr } from '../support/darts-ir.js'
import { failureOf } from '../support/failures.js'
import { changedText, compiledText } from '../support/programs.js'

const params = resolveParams(dartsIr, {})
const sepConv = (kernel: number): Expression => ({
  kind: 'operation',
  operation: 'std:cells.sep_conv',
  arguments: { kernel: { kind: 'number', value: kernel } },
})
const sep = sepConv(3)

/** DARTS_V2 with one node written anew, as the compiler would not let pass. */
function withNode(path: string, edges: Extract<Assignment, { kind: 'edges' }>['edges']): Ir {
  const architecture = dartsIr.architectures[1]
  if (!architecture) throw new Error('no DARTS_V2')
  const others = architecture.assignments.filter((assignment) => assignment.path !== path)
  return { ...dartsIr, architectures: [{ ...architecture, assignments: [...others, { kind: 'edges', path, edges }] }] }
}

describe('architectures', () => {
  it('are options by path of the decision', () => {
    const { space, decisions } = architectureOf(dartsIr, 'DARTS_V2', params)
    expect(space).toBe('darts')
    expect(decisions['normal.n4.from']).toEqual([0, 2])
    expect(decisions['normal.n4.through[s0]']).toEqual([3])
    expect(decisions['normal.n4.through[n1]']).toEqual([6])
    expect(Object.keys(decisions)).toHaveLength(8 + 16)
  })

  it('match operations however their arguments are written', () => {
    const text = readFileSync('spaces/darts.nas', 'utf8')
    const node = 'n1: sep_conv(3) of s0, sep_conv(3) of s1; n2: sep_conv(3) of s0, sep_conv(3) of s1'
    const written = changedText(text, [node, node.replace('sep_conv(3)', 'sep_conv(stride: 1, kernel: 3)')])
    const { decisions } = architectureOf(compiledText(written), 'DARTS_V2', params)
    expect(decisions).toEqual(architectureOf(dartsIr, 'DARTS_V2', params).decisions)
  })

  it('take one value for all layers of a stage where each layer may choose', () => {
    const text = readFileSync('spaces/attentivenas.nas', 'utf8')
    const perLayer = compiledText(changedText(text, [/per stage/g, 'per layer']))
    const { decisions } = architectureOf(perLayer, 'A0', resolveParams(perLayer, {}))
    // Its depth is 3.
    expect(Object.keys(decisions).filter((path) => /^mb5\..*kernel/.test(path))).toEqual([
      'mb5.layer[1].kernel',
      'mb5.layer[2].kernel',
      'mb5.layer[3].kernel',
    ])
    expect(decisions['mb5.layer[3].kernel']).toEqual([0])
    const network = buildNetwork(perLayer, 'attentivenas', {
      params: resolveParams(perLayer, {}),
      binding: bindingOf({ space: 'attentivenas', decisions }),
      mode: 'standalone',
    })
    expect(network.nodes.length).toBeGreaterThan(100)
  })
})

describe('architectures that do not fit', () => {
  it('by their name', async () => {
    expect(await failureOf(() => architectureOf(dartsIr, 'DARTS_V3', params))).toMatchObject({
      code: 'NAS6112',
      help: 'Did you mean `DARTS_V1`? It has DARTS_V1, DARTS_V2, PC_DARTS_cifar.',
    })
  })

  it('by a node', async () => {
    const ir = withNode('norml.n1', [{ operation: sep, source: 's0' }])
    expect(await failureOf(() => architectureOf(ir, 'DARTS_V2', params))).toMatchObject({
      code: 'NAS6113',
      help: expect.stringContaining('Did you mean `normal.n1`?') as unknown,
    })
  })

  it.each([
    ['an unknown source', 's7', sep, 'takes `s7` for `normal.n2.from`'],
    ['an operation with other arguments', 's1', sepConv(7), 'takes `sep_conv(7)`'],
    ['the same source twice', 's0', sep, 'takes `s0` twice'],
  ])('by %s', async (_, source, operation, message) => {
    const ir = withNode('normal.n2', [
      { operation: sep, source: 's0' },
      { operation, source },
    ])
    const failure = await failureOf(() => architectureOf(ir, 'DARTS_V2', params))
    expect(failure.code).toBe('NAS6114')
    expect(failure.message).toContain(message)
  })

  it('by the number of edges', async () => {
    const ir = withNode('normal.n2', [{ operation: sep, source: 's0' }])
    expect((await failureOf(() => architectureOf(ir, 'DARTS_V2', params))).message).toContain(
      'takes 1 option for `normal.n2.from`, which takes 2',
    )
  })

  it('by silence', async () => {
    const { decisions } = architectureOf(dartsIr, 'DARTS_V2', params)
    const rest = Object.fromEntries(Object.entries(decisions).filter(([path]) => path !== 'normal.n2.through[s1]'))
    const binding = bindingOf({ space: 'darts', decisions: rest })
    expect(
      await failureOf(() => buildNetwork(dartsIr, 'darts', { params, binding, mode: 'standalone' })),
    ).toMatchObject({
      code: 'NAS6115',
      message: 'The architecture of darts says nothing about `normal.n2.through[s1]`.',
    })
  })
})
