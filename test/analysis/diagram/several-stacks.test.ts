import { describe, expect, it } from 'vitest'
import { compileDiagram } from '../../../src/analysis/diagram/compile-diagram.js'
import { createContext } from '../../../src/analysis/diagram/layer.js'
import { networkLayers } from '../../../src/analysis/layers/network-layers.js'
import { resolveParams } from '../../../src/space/index.js'
import { spaceOf } from '../../../src/space/expressions/definitions.js'
import { failureOf } from '../../support/failures.js'
import { changedText, compiledText } from '../../support/programs.js'

/** In the second stack all is asked again that was chosen in the first: three inputs and operations for each node. */
const program = `import { conv, depthwise, global_pool, identity, linear } from std:nn
cell c(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 1..2 of earlier; through one of { identity, conv(channels), depthwise(3) } }
  output concat(n)
}
space s {
  input image(8, 3)
  classes 2
  cell u = c
  cell u2 = c
  network {
    stem conv(4)
    stack 1 of u, channels one of { 4, 8 }
    stack 1 of u, channels one of { 4, 8 }
    head global_pool -> linear(classes)
  }
}
`

/** The states of a space at its widest, of which at most `mostStates` are followed. */
function statesOf(text: string, mostStates: number): number {
  const ir = compiledText(text)
  const space = spaceOf(ir, 's')
  const context = createContext(ir, space, { params: resolveParams(ir, {}) }, [{ name: 'macs', convention: 'conv-fc' }])
  const { layers } = compileDiagram(context.budget, networkLayers(context, []), [], { mostStates })
  return Math.max(...layers.map((layer) => layer.states))
}

describe('a cell in several stacks', () => {
  it('is what a failure names where all that is chosen in it is too much to be remembered', async () => {
    const { code, message, help } = await failureOf(() => statesOf(program, 200))
    expect([code, message, help]).toEqual([
      'NAS6143',
      'At `u.n2.s1` more than 200 different states would have to be followed: `u` stands in several stacks, and all that is chosen in it is remembered between them.',
      'Give each stack a cell of its own, which chooses for itself, such as `cell u2 = …`; or write one stack, in which all of the cells are followed at once, with `doubled at` where it gets wider.',
    ])
  })

  it('is followed at once where each stack has a cell of its own', () => {
    expect(statesOf(changedText(program, [/stack 1 of u, (?=.*\n {4}head)/, 'stack 1 of u2, ']), 200)).toBe(144)
  })
})
