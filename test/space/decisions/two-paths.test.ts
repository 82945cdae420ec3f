import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

/** Answers to every decision of the space `s`, by path. */
function decisionsIn(declarations: string, space: string): readonly string[] {
  const ir = compiledText(`import { conv, global_pool, linear } from std:nn
${declarations}
space s {
  input image(6, 3)
  classes 2
  ${space}
}
`)
  const { architectures, perDecision } = countArchitectures(ir, 's', { params: resolveParams(ir, {}) })
  return [`${architectures}`, ...Object.entries(perDecision).map(([path, count]) => `${path} ${count}`)]
}

const layer = (text: string): string =>
  `network { stem conv(4); stage t { layer ${text} }; head global_pool -> linear(classes) }`
const stack = (use: string): string =>
  `${use}\n network { stem conv(4); stack 1 of u; head global_pool -> linear(classes) }`

describe('two choices have two paths', () => {
  it('where one is made per layer and the other in the layer as a matter of course', () => {
    expect(
      decisionsIn('', layer('conv(channels, one of { 1, 3 }) -> conv(channels, one of { 1, 3, 5 } per layer)')),
    ).toEqual(['6', 't.layer[1].kernel 2', 't.layer[1].kernel[2] 3'])
  })

  it('in the body of an operation, whatever they are made per', () => {
    const op = 'op both = conv(channels, one of { 1, 3 }) -> conv(channels, one of { 1, 3, 5 } per layer)'
    expect(decisionsIn(op, layer('both'))).toEqual(['6', 't.layer[1].both.kernel 2', 't.layer[1].both.kernel[2] 3'])
  })

  it('where one is an option of the other', () => {
    // The inner one is asked first: 3 leaves the outer one a single option, 5 leaves it two.
    const found = decisionsIn('', layer('conv(channels, one of { 3, one of { 3, 5 } } per layer)'))
    expect(found).toEqual(['3', 't.layer[1].kernel[2] 2', 't.layer[1].kernel 1'])
  })

  it('in the arguments of cells', () => {
    const cell = `cell c(x, a: operation, b: operation) {
  node n { from { x }; through a -> b }
  output n
}`
    const use = 'cell u = c(a: conv(channels, one of { 1, 3 }), b: conv(channels, one of { 1, 3, 5 }))'
    expect(decisionsIn(cell, stack(use))).toEqual(['6', 'kernel 2', 'kernel[2] 3'])
  })

  it('in what nodes give their operations, and among connections', () => {
    const cell = `cell c(x) {
  node n { from { x }; through conv(channels), kernel = one of { 1, 3 } on x }
  node m { from { x }; through conv(channels), kernel = one of { 1, 3, 5 } on x }
  node v { from any 2 of { x } x { conv(channels, one of { 1, 3 }), conv(channels, one of { 1, 3, 5, 7 }) }; merge sum }
  output sum(n, m, v)
}`
    expect(decisionsIn(cell, stack('cell u = c'))).toEqual([
      '48',
      'u.kernel 2',
      'u.kernel[2] 3',
      'u.v.from 1',
      'u.v.kernel 2',
      'u.v.kernel[2] 4',
    ])
  })
})
