import { describe, expect, it } from 'vitest'
import { bindingOf, buildNetwork, resolveParams, type Binding, type Network } from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { dartsIr as ir } from '../../support/darts-ir.js'

const params = resolveParams(ir, { cells: 20, width: 36 })
const usual = bindingOf(architectureOf(ir, 'DARTS_V2', params))
const edge = 'normal.n1.through[s0]'

/** The usual architecture, but with another operation on one edge in the copies of the normal cell that are named. */
function otherIn(copies: (copy: string) => boolean): Binding {
  return (decision, copy) =>
    decision.path === edge && copy !== undefined && copies(copy)
      ? { kind: 'fixed', options: [decision.options.indexOf('max_pool(3)')] }
      : usual(decision, copy)
}

function networkOf(binding: Binding): Network {
  return buildNetwork(ir, 'darts', { params, binding, mode: 'standalone' })
}

/** What copy number `index` is made of, told without its number. */
function contents(network: Network, index: number): unknown {
  const relative = (path: string): string =>
    path.replace(/^cells\[(\d+)\]/, (_, number: string) => `cell ${Number(number) - index}`)
  return network.nodes
    .filter(({ path }) => path.startsWith(`cells[${index}].`))
    .map(({ id: _, path, inputs, ...node }) => ({
      ...node,
      path: relative(path),
      inputs: inputs.map((input) => relative(network.nodes[input]?.path ?? '')),
      ...(node.kind === 'layer'
        ? { weights: node.weights.map((weight) => ({ ...weight, path: relative(weight.path) })) }
        : {}),
    }))
}

describe('copies of a cell', () => {
  const plain = networkOf(usual)

  it('that read equal shapes are equal but for their paths', () => {
    for (const index of [3, 4, 5]) expect(contents(plain, index)).toEqual(contents(plain, 2))
    // Behind a reduction the older map is larger: it is projected in another way.
    expect(contents(plain, 7)).not.toEqual(contents(plain, 8))
  })

  it('that get another answer are built by it, and only they', () => {
    const mixed = networkOf(otherIn((copy) => copy === 'cells[4]'))
    const everywhere = networkOf(otherIn(() => true))
    expect(contents(mixed, 4)).toEqual(contents(everywhere, 4))
    expect(contents(mixed, 4)).not.toEqual(contents(plain, 4))
    for (const index of [2, 3, 5, 16, 19]) expect(contents(mixed, index)).toEqual(contents(plain, index))
  })
})

describe('composed operations', () => {
  it('have weights of their own at every place', () => {
    const paths = networkOf(usual).nodes.flatMap((node) =>
      node.kind === 'layer' ? node.weights.map(({ path }) => path) : [],
    )
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths).toContain('cells[3].n1.s0.sep_conv(3).conv.kernel')
  })

  it('follow the parameters of the program', () => {
    const wide = resolveParams(ir, { cells: 20, width: 72 })
    const binding = bindingOf(architectureOf(ir, 'DARTS_V2', wide))
    const network = buildNetwork(ir, 'darts', { params: wide, binding, mode: 'standalone' })
    const kernels = (of: Network): readonly number[] =>
      of.nodes.flatMap((node) => (node.path === 'cells[3].n1.s0.sep_conv(3).conv' ? [node.shape.channels] : []))
    expect(kernels(networkOf(usual))).toEqual([36])
    expect(kernels(network)).toEqual([72])
  })
})

it('equal overrides of parameters are the same object', () => {
  expect(resolveParams(ir, { width: 36, cells: 20 })).toEqual(params)
  expect(resolveParams(ir, { cells: 20, width: 36 })).toBe(params)
  expect(resolveParams(ir, { cells: 20, width: 37 })).not.toBe(params)
})
