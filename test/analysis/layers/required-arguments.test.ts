import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'

function counted(argument: string, lets: string, test: string): bigint {
  const ir = compiledText(`import { conv, global_pool, linear } from std:nn
let ofFile = one of {1, 3}
cell c(x, k: int, w: int = 2 * one of {1, 2}) {
  let twice = 2 * k
  let own = one of {2, 3}
  node n { from { x }; through conv(own * w, k) -> conv(channels, ofFile) }
  output n
  require ${test}
}
space s {
  input image(4, 4, 2)
  classes 3
  ${lets}
  cell u = c(k: ${argument})
  network { stem conv(2, 3); stack 1 of u, channels 2; head global_pool -> linear(classes) }
}`)
  return countArchitectures(ir, 's', { params: resolveParams(ir, {}) }).architectures
}

describe('a require of a cell', () => {
  // Of 2 kernels, 2 widths, 2 own and 2 of the file.
  it.each([
    ['one of {1, 3}', '', 'k == 3', 8n],
    ['one of {1, 3}', '', 'twice == 6 and w == 2 and own == 3 and ofFile == 1', 1n],
    ['(one of {1, 2}) * 2 - 1', '', 'k == 3', 8n],
    ['y', 'let y = one of {1, 3}', 'k == 3', 8n],
    ['w - 2', 'let y = one of {1, 3}; let w = y + 2', 'k == 3', 8n],
    ['w', 'let w = one of {1, 3}', 'k == 3 and w == 2', 4n],
    ['ofFile', '', 'k == 3', 4n],
    ['3', '', 'k == 3 and ofFile == 1', 4n],
  ])('speaks of what its arguments choose: k: %s; %s; require %s', (argument, lets, test, expected) => {
    expect(counted(argument, lets, test)).toBe(expected)
  })
})
