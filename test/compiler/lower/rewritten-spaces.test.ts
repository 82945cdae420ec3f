import { describe, expect, it } from 'vitest'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { buildNetwork, relaxedBinding, resolveParams } from '../../../src/space/index.js'
import { architectureOf, printArchitecture } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'

function irOf(text: string): Ir {
  const { value, diagnostics } = compile('main.nas', memoryHost({ 'main.nas': text }, nodeHost()))
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return value
}

const around = (through: string): string => `
import { bn, conv, global_pool, identity, linear } from std:nn
import std:cells
cell small(x) { node n { from { x }; through ${through} }; output n }
space tiny {
  input image(8, 8, 3)
  classes 2
  cell normal = small
  network { stem conv(8); stack 1 of normal, channels 8; head global_pool -> linear(classes) }
}
`

describe('an operation around a choice', () => {
  const ir = irOf(around('partial(one of { none, sep_conv(3), sep_conv(5) }, parts: 4)'))
  const { nodes } = buildNetwork(ir, 'tiny', { params: {}, binding: relaxedBinding, mode: 'shared' })

  it('keeps the decision of the edge', () => {
    expect(decisionsOf(ir, 'tiny', { params: {} }).map(({ path }) => path)).toEqual(['normal.n.through[x]'])
  })

  it('mixes inside of itself: one mix of a quarter of the channels, one way past it', () => {
    const mixes = nodes.filter(({ kind }) => kind === 'mix')
    expect(mixes.map(({ shape }) => shape.channels)).toEqual([2])
    const splits = nodes.flatMap((node) => (node.kind === 'layer' && node.operation === 'split' ? [node] : []))
    expect(splits.map(({ shape }) => shape.channels).sort()).toEqual([2, 6])
  })

  it('asks its operations for as many channels as arrive at them', () => {
    const kernels = nodes.flatMap((node) =>
      node.kind === 'layer' && node.path.startsWith('cells') ? node.weights : [],
    )
    const wide = kernels.filter(({ shape }) => (shape.at(-1) ?? 0) > 2)
    expect(kernels.length).toBeGreaterThan(0)
    expect(wide).toEqual([])
  })
})

describe('same_width', () => {
  it('takes one operation', () => {
    const text = around('same_width(conv, bn)')
    const { diagnostics } = compile('main.nas', memoryHost({ 'main.nas': text }, nodeHost()))
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
      'same_width takes 1 operation, found 2',
    ])
  })
})

describe('an architecture that names states of a cell', () => {
  it('is printed as it is read', () => {
    const ir = compile('spaces/nas-bench-101.nas', nodeHost()).value
    if (!ir) throw new Error('no IR')
    const params = resolveParams(ir, { joined: 4 })
    const architecture = architectureOf(ir, 'inception_like', params)
    expect(architecture.decisions['normal.output']).toEqual([0, 1, 3, 4])
    expect(printArchitecture(ir, architecture, 'again', params)).toContain('normal.output: { v1, v2, v4, v5 }')
  })
})

describe('a rewrite of a let', () => {
  const text = (where: 'module' | 'space' | 'network'): string => {
    const at = (place: string): string => (place === where ? 'let k = one of {1, 3, 5}' : '')
    return `
import { conv, global_pool, linear } from std:nn
${at('module')}
space s {
  input image(8, 3)
  classes 2
  ${at('space')}
  network { ${at('network')} stem conv(8, k) -> conv(8, k); head global_pool -> linear(classes) }
}
space fixed = s where k = 5
space fewer = s where k = one of {1, 3}
space wider = s where k = k + 2
space twice = wider where k = 2 * k
`
  }

  it.each(['module', 'space', 'network'] as const)('stands in its place, wherever the let stands: %s', (where) => {
    const ir = irOf(text(where))
    const kernels = (space: string): readonly unknown[] => {
      const [decision] = decisionsOf(ir, space, { params: {} })
      return (decision?.values ?? [0]).map((_, option) => {
        const binding = (): { readonly kind: 'fixed'; readonly options: readonly number[] } => ({
          kind: 'fixed',
          options: [option],
        })
        const { nodes } = buildNetwork(ir, space, { params: {}, binding, mode: 'standalone' })
        return nodes.flatMap((node) => (node.kind === 'layer' ? (node.attributes['kernel'] ?? []) : [])).join()
      })
    }
    expect(kernels('s')).toEqual(['1,1', '3,3', '5,5'])
    expect(kernels('fixed')).toEqual(['5,5'])
    expect(kernels('fewer')).toEqual(['1,1', '3,3'])
    expect(kernels('wider')).toEqual(['3,3', '5,5', '7,7'])
    expect(kernels('twice')).toEqual(['6,6', '10,10', '14,14'])
  })
})
