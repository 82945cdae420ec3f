import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { bindingOf, buildNetwork } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

const sized = (network: string): string => `
import { conv, global_pool, linear } from std:nn
param n = 2
cell plain(x) { node m { from { x }; through conv(channels) }; output m }
space s {
  input image(8, 3); classes 2
  cell use = plain
  network { stem conv(4); ${network}; stack 1 of use, channels 4; head global_pool -> linear(classes) }
}`

describe('a number of layers or cells that a param gives', () => {
  it.each([
    ['stage a { width 4; depth n; layer conv(channels) }', -3, /has -3 layers/],
    ['stage a { width 4; depth n; layer conv(channels) }', 2000, /has 2,000 layers/],
    ['stage a { width 4; depth n; layer conv(channels) }', 1e9, /has 1,000,000,000 layers/],
    ['stack n of use, channels 4', -3, /has -3 cells/],
    ['stack n of use, channels 4', 1e9, /has 1,000,000,000 cells/],
  ])('is counted where it can be built alone: %s, n = %d', (network, n, refusal) => {
    const ir = compiledText(sized(network))
    const binding = bindingOf({ space: 's', decisions: {} })
    expect(() => countArchitectures(ir, 's', { params: { n } })).toThrow(refusal)
    expect(() => buildNetwork(ir, 's', { params: { n }, binding, mode: 'standalone' })).toThrow(refusal)
  })

  it('leaves out the options that cannot be built', () => {
    const ir = compiledText(sized('stage a { width 4; depth one of { n, 3, 5 }; layer conv(channels) }'))
    const counted = [2, -1].map((n) => countArchitectures(ir, 's', { params: { n } }).architectures)
    expect(counted).toEqual([3n, 2n])
  })
})
