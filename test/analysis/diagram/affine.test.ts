import { describe, expect, it } from 'vitest'
import { isAffineComparison } from '../../../src/analysis/diagram/affine.js'
import { compiledText } from '../../support/programs.js'

function told(test: string): boolean | undefined {
  const ir = compiledText(`import { conv, global_pool, linear } from std:nn
param weight = 3
space net {
  input image(8, 3); classes 2
  network { stem conv(one of {4, 8}); head global_pool -> linear(classes) }
  require ${test}
}`)
  const [require] = ir.spaces[0]?.requires ?? []
  return require && isAffineComparison(require.test)
}

describe('a test of costs is told by the ends between which they lie', () => {
  it.each([
    'macs <= 1M',
    'macs + weight * parameters <= 1M',
    '2 * macs - parameters / 2 > 0',
    'macs >= parameters * 3',
  ])('%s', (test) => expect(told(test)).toBe(true))

  it.each([
    'macs != 70_000',
    'macs * parameters > 0',
    'parameters / macs < 1',
    'macs % 2 == 0',
    'macs > 9 or macs < 7',
  ])('but not: %s', (test) => expect(told(test)).toBe(false))
})
