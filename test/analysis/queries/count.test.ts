import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countArchitectures, symmetricSums } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import type { Ir } from '../../../src/ir/model/ir.js'
import { dartsIr } from '../../support/darts-ir.js'
import { changedText, compiledFile, compiledText } from '../../support/programs.js'

const params = resolveParams(dartsIr, { cells: 3, width: 4 })
/** The space of DARTS, without searches and architectures, with parts of it written otherwise. */
function darts(...changes: readonly (readonly [RegExp | string, string])[]): Ir {
  const [text = ''] = readFileSync('spaces/darts.nas', 'utf8').split('/// First-order')
  return compiledText(changedText(text, ...changes))
}
const sevenOperations = ['{ none, ', '{ '] as const

describe('counts of architectures', () => {
  it('DARTS with seven operations: 1,037,664,180 cells per type', () => {
    const ir = darts(sevenOperations)
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe(1_037_664_180n ** 2n)
  })

  it('DARTS: answers per decision', () => {
    const { perDecision, architectures } = countArchitectures(dartsIr, 'darts', { params })
    expect([1, 2, 3, 4].map((node) => perDecision[`normal.n${node}.from`])).toEqual([1n, 3n, 6n, 10n])
    expect(perDecision['reduction.n4.through[n3]']).toBe(8n)
    expect(architectures).toBe((180n * 8n ** 8n) ** 2n)
  })

  it('any non-empty set of inputs: 9,765 topologies without operations', () => {
    const ir = darts(['any 2 of earlier', 'any 1.. of earlier'], ['one of candidates', 'sep_conv(3)'])
    expect(countArchitectures(ir, 'darts', { params }).architectures).toBe(9765n ** 2n)
  })

  it('any non-empty set of connections: the product of 2^(7j) - 1', () => {
    // The sparse search of EnTranNAS makes it of DARTS, with seven operations.
    const ir = compiledFile('spaces/entrannas.nas')
    const perType = [2n, 3n, 4n, 5n].reduce((product, inputs) => product * (2n ** (7n * inputs) - 1n), 1n)
    const { architectures } = countArchitectures(ir, 'darts.darts@entrannas_dst', { params: resolveParams(ir, {}) })
    expect(architectures).toBe(perType ** 2n)
  })

  it('AttentiveNAS: 440,301,256,704', () => {
    const ir = compiledFile('spaces/attentivenas.nas')
    expect(countArchitectures(ir, 'attentivenas', { params: resolveParams(ir, {}) }).architectures).toBe(
      440_301_256_704n,
    )
  })

  it('elementary symmetric sums are those of all subsets', () => {
    expect(symmetricSums([2n, 3n, 5n], 2, 2)).toBe(6n + 10n + 15n)
    expect(symmetricSums([2n, 3n, 5n], 0, 3)).toBe(3n * 4n * 6n)
  })
})

describe('counts where one choice decides which others exist', () => {
  const count = (stage: string): bigint => {
    const ir = compiledText(`
import { conv, global_pool, linear, relu } from std:nn
import { attentive_mbconv } from std:mobile
space s {
  input   image(8, 8)
  classes 2
  network {
    stage mb { width 8; ${stage} }
    head global_pool -> linear(classes)
  }
}`)
    return countArchitectures(ir, 's', { params: {} }).architectures
  }

  it('layers that exist with the depth: the sum over depths, as in once-for-all', () => {
    const layer = 'attentive_mbconv(one of {3, 5, 7}, one of {3, 4, 6})'
    expect(count(`depth one of 2..4; layer ${layer}`)).toBe(9n ** 2n + 9n ** 3n + 9n ** 4n)
  })

  it('a choice inside of an alternative counts only there', () => {
    const layer = 'one of { relu, conv(kernel: one of {1, 3, 5}), conv }'
    // One layer: relu, three kernels of the first convolution, the second one.
    expect(count(`depth one of {1, 2}; layer ${layer}`)).toBe(5n + 25n)
  })

  it('a choice that exists under some numbers counts only there', () => {
    const layer = 'conv(kernel: if wide > 1 then one of {1, 3, 5} else 1)'
    // Depth d: 1 where wide is 1, and 3^d for two other values.
    expect(count(`let wide = one of {1, 2, 3}; depth one of {1, 2}; layer ${layer}`)).toBe(1n + 2n * 3n + 1n + 2n * 9n)
  })
})
