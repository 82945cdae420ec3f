import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/queries/count.js'
import { compiledText } from '../../support/programs.js'

/** Architectures of a space with this network before the head. */
function count(network: string, operations = ''): bigint {
  const ir = compiledText(
    `import { conv, global_pool, linear, relu } from std:nn
${operations}
space s {
  input image(8, 3)
  classes 2
  network {
    ${network}
    head global_pool -> linear(classes)
  }
}
`,
  )
  return countArchitectures(ir, 's', { params: {} }).architectures
}

describe('a choice that decides which others exist', () => {
  it('by the size of a map', () => {
    // Width 8: nothing more; 16 and 32: three kernels.
    expect(
      count(
        'stem conv(one of {8, 16, 32}) -> more',
        'op more = if in > 8 then conv(kernel: one of {1, 3, 5}) else relu',
      ),
    ).toBe(1n + 3n + 3n)
  })

  it('by an argument of an operation', () => {
    const layer = 'op layer(wide: int) = if wide > 1 then conv(kernel: one of {1, 3, 5})'
    expect(count('stage t { width 4; depth one of {1, 2}; layer layer(one of {1, 2, 3}) }', layer)).toBe(7n + 7n * 7n)
  })

  it('by an argument that reaches it through another operation', () => {
    const layers =
      'op inner(wide: int) = if wide > 1 then conv(kernel: one of {1, 3, 5})\nop outer(wide: int) = relu -> inner(wide + 1)'
    expect(count('stem outer(one of {0, 1, 2})', layers)).toBe(1n + 3n + 3n)
  })

  it('by an operation that is handed on', () => {
    const around = 'op around(body: operation, deep: bool) = if deep then body'
    expect(count('stem around(conv(kernel: one of {1, 3}), one of {true, false})', around)).toBe(3n)
  })

  it('by the number of layers that a size asks for', () => {
    // Width 8: one layer of two kernels; 16: two.
    expect(
      count('stem conv(one of {8, 16})\nstage t { width in; depth in / 8; layer conv(kernel: one of {1, 3}) }'),
    ).toBe(2n + 4n)
  })

  it('by options that depend on it', () => {
    const body =
      'op body(wide: bool) = one of (if wide then { relu, conv(kernel: one of {1, 3, 5}) } else { relu, conv(kernel: 1) })'
    expect(count('stem body(one of {true, false})', body)).toBe(4n + 2n)
  })

  it('does nothing where it only decides sizes', () => {
    expect(count('stem conv(one of {8, 16}) -> (if in > 8 then relu else conv) -> conv(kernel: one of {1, 3})')).toBe(
      4n,
    )
  })
})
