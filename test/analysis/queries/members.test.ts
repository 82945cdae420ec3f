import { describe, expect, it } from 'vitest'
import { costHistogram, countArchitectures, unmetConstraints } from '../../../src/analysis/index.js'
import { compile } from '../../../src/compiler/index.js'
import { memoryHost } from '../../../src/compiler/modules/memory-host.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { resolveParams } from '../../../src/space/index.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { compiledText } from '../../support/programs.js'

/** How many architectures a space of this network has, by `count` and by its histogram. */
function counted(network: string, cells = '', inSpace = ''): readonly [bigint, bigint] {
  const ir = compiledText(
    `import { bn, conv, global_pool, identity, linear, relu, split } from std:nn
op block(width: int) = conv(width, 3) -> relu
${cells}
space s { input image(8, 3); classes 2; ${inSpace} network { ${network}; head global_pool -> linear(classes) } }`,
  )
  const params = resolveParams(ir, {})
  const { buckets } = costHistogram(ir, 's', { params }, 'parameters')
  return [countArchitectures(ir, 's', { params }).architectures, buckets.reduce((sum, { count }) => sum + count, 0n)]
}

describe('members of a space', () => {
  it('take a choice that exists only where two others come together', () => {
    const layer = 'if in > 4 then conv(channels, one of {1, 5}) else conv(channels, 3)'
    const stage = `stage a { width one of {4, 6}; depth one of {1, 2}; layer ${layer} }`
    expect(counted(`stem conv(one of {4, 8}); ${stage}`)).toEqual([15n, 15n])
  })

  it('do not take a shared choice that no operation reads', () => {
    const cell = `cell c(s0, s1) {
  prepare s0, s1 { conv(channels) -> bn }
  let ck = one of {1, 3}
  node n[1..2] { from any 1 of earlier; through one of { identity, conv(channels, ck) }; merge sum }
  output sum(n)
}`
    expect(counted('stem conv(4, 3) -> bn; stack 3 of normal, channels 4', cell, 'cell normal = c;')).toEqual([
      42n,
      42n,
    ])
  })

  it('are those that can be built', () => {
    expect(counted('stem conv(one of {8, 9}, 3) -> split(1, 2)')).toEqual([1n, 1n])
  })

  it('choose operations of unlike shape as they choose numbers', () => {
    expect(counted('stem conv(8, 3); stage a { depth 1; layer one of { block(16), block(32) } }')).toEqual([2n, 2n])
    expect(counted('stem conv(8, 3); stage a { depth 1; layer block(one of {16, 32}) }')).toEqual([2n, 2n])
  })

  it('choose the channels of each stack', () => {
    const cell = 'cell one_conv(x) { node n { from { x }; through conv(channels, 3) }; output n }'
    const stack = 'stack 1 of a, channels one of { 8, 16 }'
    expect(counted(`stem conv(8, 3); ${stack}; ${stack}`, cell, 'cell a = one_conv;')).toEqual([4n, 4n])
  })

  it('may have an output that takes nothing but a further term', () => {
    const cell = `cell c(x) {
  node a1 { from any 0.. of { x }; through identity }
  node v1 { from { a1 }; through one of { conv(channels, 1), conv(channels, 3) } }
  output concat(any 0.. of { v1 }) + conv(any 0..1 of { x })
  require every node is reached and used, or removed
}`
    expect(counted('stem conv(8, 3); stack 1 of only, channels 8', cell, 'cell only = c;')).toEqual([5n, 5n])
  })

  it('add nothing to a residual that is the identity', () => {
    const ir = compiledText(`import { conv, global_pool, identity, linear } from std:nn
space s {
  input image(6, 3); classes 2
  network { stage a { layer residual { one of { identity, conv(3) } } }; head global_pool -> linear(classes) }
}`)
    const { buckets } = costHistogram(ir, 's', { params: {} }, 'activation_bytes')
    // Pooling and logits; beside them the convolution and the sum.
    expect(buckets.map(({ from, count }) => [from, count])).toEqual([
      [4 * (3 + 2), 1n],
      [4 * (3 + 2) + 2 * 4 * 108, 1n],
    ])
  })

  it('join by channels those sources that are there', () => {
    const ir = compiledText(`import { conv, global_pool, linear } from std:nn
cell c(x) {
  node n { from any 0..1 of { x }; through conv(channels) }
  node m { from { x, n }; through conv(channels); merge concat }
  output m
}
space s {
  input image(8, 3); classes 2; cell only = c
  network { stem conv(4); stack 1 of only, channels 4; head global_pool -> linear(classes) }
}`)
    const { buckets } = costHistogram(ir, 's', { params: {} }, 'parameters')
    // A stem of 12 weights, an edge of 16, linear of 4 * 2 + 2; or three edges, linear of 8 * 2 + 2.
    expect(buckets.map(({ from, count }) => [from, count])).toEqual([
      [12 + 16 + 10, 1n],
      [12 + 48 + 18, 1n],
    ])
  })

  it('are those whose options another choice decides as a constraint says', () => {
    const ir = compiledText(`import { conv, global_pool, linear } from std:nn
op pick(kernel: int) = conv(channels, one of { 1, kernel + 2 })
space s {
  input image(8, 3); classes 2
  network {
    stem conv(4)
    stage a { layer pick(one of { 1, 3 }) }
    stage b { layer conv(channels, one of { 1, 3 }) }
    head global_pool -> linear(classes)
  }
  require a.layer[1].pick.kernel <= 3 + parameters - parameters
  require a.layer[1].pick.kernel + b.layer[1].kernel != 4 and sum(a.layer[1].pick.kernel) >= 1
}`)
    const params = resolveParams(ir, {})
    // Of (1, 1), (1, 3), (3, 1) and (3, 5) for the kernels of `pick`, the last is too large; b is 1 or 3, but 3 + 1 and 1 + 3.
    expect(countArchitectures(ir, 's', { params }).architectures).toBe(3n)
    const met = enumerated(ir, 's').filter(
      ({ architecture }) => unmetConstraints(ir, architecture, params).length === 0,
    )
    expect(met.map(({ architecture }) => Object.values(architecture.decisions).flat())).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
    ])
  })
})

describe('a cell whose shapes hang on its choices', () => {
  const cell = (through: string): string => `import { conv, global_pool, identity, linear } from std:nn
cell c(x) {
  node n { from { x }; through ${through} }
  node m { from any 1.. of { x, n }; through identity; merge sum }
  output m
}
space s {
  input image(8, 3); classes 2; cell only = c
  network { stem conv(4); stack 1 of only, channels 4; head global_pool -> linear(classes) }
}`

  it('is counted with what fits together, and check says what does not', () => {
    const text = cell('one of { conv(6), conv(4) }')
    // With conv(4) any inputs of m; with conv(6) all but both together.
    expect(countArchitectures(compiledText(text), 's', { params: {} }).architectures).toBe(3n + 2n)
    const { diagnostics } = compile('main.nas', memoryHost({ 'main.nas': text }, nodeHost()))
    expect(diagnostics.map(({ code }) => code)).toEqual(['NAS4105'])
  })

  it('is not counted by the first of its shapes', () => {
    const first = cell('one of { identity, conv(6) }').replace('output m', 'output sum(m, n)')
    // With the identity any inputs of m; with conv(6) the sum of the output needs n alone.
    expect(countArchitectures(compiledText(first), 's', { params: {} }).architectures).toBe(3n + 1n)
  })

  it('is analysed where its nodes have one shape each for those that are there', () => {
    const text = cell('conv(channels)')
      .replace('from { x }', 'from any 0.. of { x }')
      .replace('from any 1.. of { x, n }; through identity; merge sum', 'from { x, n }; through conv(6); merge concat')
    const { buckets } = costHistogram(compiledText(text), 's', { params: {} }, 'parameters')
    expect(buckets.map(({ from, count }) => [from, count])).toEqual([
      [12 + 24 + 14, 1n],
      [12 + 16 + 48 + 26, 1n],
    ])
  })
})

describe('a choice of connections whose operations hang on the place', () => {
  const text = (requirement: string): string => `import { bn, conv, global_pool, identity, linear, relu } from std:nn
cell c(x) {
  node n { from any 1.. of { x } x (if channels > 3 then { identity, conv(channels) } else { relu, bn }) }
  output n
}
space s {
  input image(4, 3); classes 2; cell only = c
  network { stem conv(3, 3); stack 2 of only, channels one of { 3, 4 }; head global_pool -> linear(classes) }
  require ${requirement}
}`

  it('is what a require speaks of, as it stands there', () => {
    const count = (requirement: string): bigint =>
      countArchitectures(compiledText(text(requirement)), 's', { params: {} }).architectures
    // Of 3 channels relu, bn or both; of 4 the other two: both together do not fit, since the identity has 3 channels there.
    expect(count('not ("relu of x" in only.n.from)')).toBe(1n + 2n)
    expect(count('only.n.from == {"bn of x"}')).toBe(1n)
  })
})
