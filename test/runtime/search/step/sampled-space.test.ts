import { describe, expect, it } from 'vitest'
import { decisionsOf } from '../../../../src/analysis/index.js'
import { relaxSpace } from '../../../../src/runtime/search/step/relax-space.js'
import { inheritedBinding } from '../../../../src/runtime/search/step/sampled-space.js'
import { buildNetwork } from '../../../../src/space/index.js'
import { compiledText } from '../../../support/programs.js'

const program = `import { conv, global_pool, linear } from std:nn
space shallow { input image(8, 3); classes 3
  network {
    stage s { width 4; depth one of 1..2; layer conv(channels, one of {3, 5, 7}) }
    head global_pool -> linear(classes)
  } }`
const slice = { target: 'all', by: { component: 'slice', arguments: { transform: true, sorted: false } } }

describe('an architecture with the weights of a supernet', () => {
  it('takes slices of layers that deeper networks share, also where nothing was built before', () => {
    const ir = compiledText(program)
    const relaxed = relaxSpace([slice], decisionsOf(ir, 'shallow', { params: {} }), 'paths')
    const architecture = { space: 'shallow', decisions: { 's.depth': [0], 's.layer[1].kernel': [0] } }
    const { nodes } = buildNetwork(ir, 'shallow', {
      params: {},
      mode: 'shared',
      binding: inheritedBinding(relaxed, architecture),
    })
    const weights = nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
    expect(nodes.map(({ path }) => path)).toEqual(['input', 's[1].conv', 'head.global_pool', 'head.linear'])
    expect(weights[0]).toMatchObject({
      path: 's[1].conv.kernel',
      shape: [3, 3, 3, 4],
      stored: [7, 7, 3, 4],
      transforms: [
        [5, 5],
        [3, 3],
      ],
    })
  })

  it('must say what it takes where all alternatives have weights of their own', () => {
    const ir = compiledText(program)
    const relaxed = relaxSpace([], decisionsOf(ir, 'shallow', { params: {} }), 'paths')
    const binding = inheritedBinding(relaxed, { space: 'shallow', decisions: { 's.depth': [0] } })
    expect(() => buildNetwork(ir, 'shallow', { params: {}, mode: 'shared', binding })).toThrow('says nothing about')
  })
})
