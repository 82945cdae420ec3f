import { describe, expect, it } from 'vitest'
import { costRange, countArchitectures } from '../../../src/analysis/index.js'
import { costOf } from '../../../src/space/cost/index.js'
import { bindingOf, buildNetwork } from '../../../src/space/index.js'
import { architectureOf } from '../../../src/architectures/index.js'
import { decisionsOf } from '../../../src/analysis/index.js'
import { compiledFile } from '../../support/programs.js'

const ir = compiledFile('test/cases/lower/node-choice/main.nas')
const params = {}

describe('a choice in a let of a node', () => {
  it('is made once per node, and shared by its edges', () => {
    const paths = decisionsOf(ir, 'tiny', { params }).map(({ path }) => path)
    expect(paths.toSorted()).toEqual(['normal.mix', 'normal.n1.from', 'normal.n1.k', 'normal.n2.from', 'normal.n2.k'])
    const { decisions } = architectureOf(ir, 'first', params)
    expect(decisions['normal.n1.k']).toEqual([1])
    const network = buildNetwork(ir, 'tiny', {
      params,
      mode: 'standalone',
      binding: bindingOf(architectureOf(ir, 'first', params)),
    })
    const kernels = network.nodes.flatMap((node) =>
      node.kind === 'layer' && node.operation === 'conv' && /^cells\[0\]\.n/.test(node.path)
        ? [`${node.path} ${node.weights[0]?.shape[0]}`]
        : [],
    )
    expect(kernels.map((each) => each.replace(/^cells\[0\]\.(n\d)\.(\w+)\.\S* /, '$1 of $2: '))).toEqual([
      'n1 of s0: 3',
      'n1 of s1: 3',
      'n2 of s0: 1',
      'n2 of n1: 1',
    ])
  })

  it('is counted, and bounds the costs, as all architectures one by one', () => {
    const costs: number[] = []
    const options = [0, 1]
    for (const k1 of options)
      for (const k2 of options)
        for (const mix of options)
          for (const from of [
            [0, 1],
            [0, 2],
            [1, 2],
          ]) {
            const decisions = {
              'normal.n1.from': [0, 1],
              'normal.n1.k': [k1],
              'normal.n2.from': from,
              'normal.n2.k': [k2],
              'normal.mix': [mix],
            }
            const binding = bindingOf({ space: 'tiny', decisions })
            costs.push(costOf(buildNetwork(ir, 'tiny', { params, mode: 'standalone', binding })).parameters)
          }
    expect(countArchitectures(ir, 'tiny', { params }).architectures).toBe(BigInt(costs.length))
    const range = costRange(ir, 'tiny', { params }, 'parameters')
    expect([range?.least.value, range?.greatest.value]).toEqual([Math.min(...costs), Math.max(...costs)])
  })
})
