import { describe, expect, it } from 'vitest'
import { costHistogram, countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { checkedText } from '../../support/programs.js'

interface Case {
  readonly declarations: string
  readonly network: string
  readonly cells?: string
}

/** How many architectures a space has: by its count, by its histogram and one by one. */
function counted({ declarations, network, cells = '' }: Case): readonly (bigint | number)[] {
  const { value: ir, diagnostics } = checkedText(`import { conv, global_pool, linear } from std:nn
${declarations}
space s {
  input image(4, 4, 2)
  classes 3
  ${cells}
  network { stem conv(2, 3); ${network}; head global_pool -> linear(classes) }
}`)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (!ir) throw new Error(errors.map(({ message }) => message).join('; '))
  const params = resolveParams(ir, {})
  const { buckets } = costHistogram(ir, 's', { params }, 'macs')
  return [
    countArchitectures(ir, 's', { params }).architectures,
    buckets.reduce((sum, { count }) => sum + count, 0n),
    enumerated(ir, 's').length,
  ]
}

function layerOf(operation: string): string {
  return `stage a { width 2; depth 1; layer ${operation} }`
}

describe('a choice in an argument', () => {
  const cases: readonly (readonly [string, number, Case])[] = [
    [
      'is none where nothing reads the parameter',
      1,
      { declarations: 'op f(k: int) = conv(channels, 3)', network: layerOf('f(one of {1, 3})') },
    ],
    [
      'is one where the body reads it',
      2,
      { declarations: 'op f(k: int) = conv(channels, k)', network: layerOf('f(one of {1, 3})') },
    ],
    [
      'is none where it is handed on to an operation that does not read it',
      1,
      {
        declarations: 'op g(k: int) = conv(channels, 3)\nop f(k: int) = g(k) -> g(2 * k)',
        network: layerOf('f(one of {1, 3})'),
      },
    ],
    [
      'is one where a default reads it',
      2,
      {
        declarations: 'op f(k: int, wide: int = 2 * k) = conv(wide, 3) -> conv(channels)',
        network: layerOf('f(one of {1, 3})'),
      },
    ],
    [
      'is none where that default is not asked for',
      1,
      {
        declarations: 'op f(k: int, wide: int = 2 * k) = conv(wide, 3) -> conv(channels)',
        network: layerOf('f(one of {1, 3}, wide: 4)'),
      },
    ],
    [
      'is none where only a set by rule has its name',
      1,
      {
        declarations: 'op f(k: int) = sum(conv(channels), conv(channels, one of { for k in {3}: k }))',
        network: layerOf('f(one of {1, 3})'),
      },
    ],
    [
      'is none in a default that nothing reads',
      1,
      { declarations: 'op f(k: int = one of {1, 3}) = conv(channels, 3)', network: layerOf('f') },
    ],
    [
      'of a cell is none where nothing reads the parameter',
      1,
      {
        declarations: 'cell c(x, k: int) { node n { from { x }; through conv(channels) }; output n }',
        cells: 'cell u = c(k: one of {1, 3})',
        network: 'stack 1 of u, channels 2',
      },
    ],
    [
      'of a cell is none where a let reads it that nothing reads',
      1,
      {
        declarations: 'cell c(x, k: int) { let wide = 2 * k; node n { from { x }; through conv(channels) }; output n }',
        cells: 'cell u = c(k: one of {1, 3})',
        network: 'stack 1 of u, channels 2',
      },
    ],
    [
      'of a cell is one where a let hands it on',
      2,
      {
        declarations:
          'cell c(x, k: int) { let wide = 2 * k; node n { from { x }; through conv(wide) -> conv(channels) }; output n }',
        cells: 'cell u = c(k: one of {1, 3})',
        network: 'stack 1 of u, channels 2',
      },
    ],
    [
      'of a cell is one where a require speaks of it',
      1,
      {
        declarations: 'cell c(x, k: int) { node n { from { x }; through conv(channels) }; output n; require k == 3 }',
        cells: 'cell u = c(k: one of {1, 3})',
        network: 'stack 1 of u, channels 2',
      },
    ],
  ]
  it.each(cases)('%s', (_, expected, program) => {
    const [byCount, byHistogram] = counted(program)
    expect([byCount, byHistogram]).toEqual([BigInt(expected), BigInt(expected)])
  })

  it.each(cases.slice(0, -1))('as network by network: %s', (_, expected, program) => {
    expect(counted(program)[2]).toBe(expected)
  })
})
