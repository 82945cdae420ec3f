import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

describe('what expressions lead to', () => {
  it('is also what a let was before a space rewrote it', () => {
    const ir = compiledText(`import { bn, conv, global_pool, linear, relu } from std:nn
let kernel = one of { 1, 3 }
let candidates = { conv(channels, kernel), relu }
cell c(x) {
  node n { from { x }; through one of candidates }
  output n
}
space s {
  input image(6, 3)
  classes 2
  cell u = c
  network { stem conv(4, kernel); stack 1 of u; head global_pool -> linear(classes) }
  require kernel <= 3
}
space more = s where candidates = candidates + { bn }
space most = more where candidates = candidates + { conv(channels, 5) }
`)
    const counts = ['s', 'more', 'most'].map(
      (space) => countArchitectures(ir, space, { params: resolveParams(ir, {}) }).architectures,
    )
    expect(counts).toEqual([4n, 6n, 8n])
  })
})
