import { describe, expect, it } from 'vitest'
import { countArchitectures } from '../../../src/analysis/index.js'
import { resolveParams } from '../../../src/space/index.js'
import { enumerated } from '../../support/enumerated-spaces.js'
import { checkedText } from '../../support/programs.js'

/** How many architectures the space `s` has, also one by one; if it has none, what the compiler says. */
function counted(text: string): bigint | string {
  const { value: ir, diagnostics } = checkedText(text)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (!ir) return errors.map(({ message }) => message).join('; ')
  const { architectures } = countArchitectures(ir, 's', { params: resolveParams(ir, {}) })
  expect(BigInt(enumerated(ir, 's').length), text).toBe(architectures)
  return architectures
}

function refusal(...[here, before]: readonly (readonly number[])[]): string {
  const [count, other] = [here?.length ?? 0, before?.length ?? 0]
  return (
    `s cannot be built: a decision that several places share has ${count} ${count === 1 ? 'option' : 'options'} here ` +
    `(${here?.join(', ') ?? ''}), and ${other} where it was met before (${before?.join(', ') ?? ''})`
  )
}

/** The options of `one of { always, if test then one else other }` where the test holds, and where it does not. */
const cases = [1, 3].flatMap((always) =>
  [1, 3].flatMap((one) =>
    [1, 3].map((other) => ({
      options: (test: string) => `{ ${always}, (if ${test} then ${one} else ${other}) }`,
      first: [...new Set([always, one])],
      second: [...new Set([always, other])],
    })),
  ),
)

describe('a decision that several places share', () => {
  it.each([
    [
      'layers',
      '',
      (options: string) => `stage t { depth 2; layer conv(channels, one of ${options} per stage) }`,
      'first',
    ],
    [
      'a let',
      '',
      (options: string) => `stage t { let k = one of ${options}; depth 2; layer conv(channels, k) }`,
      'first',
    ],
    [
      'copies of a cell',
      (options: string) =>
        `cell c(x) {\n node n { from { x }; through conv(channels, one of ${options} per cell) }\n output n\n}\n`,
      () => 'stack 1 of u, channels 2\n stack 1 of u, channels 2',
      'in > 2',
    ],
  ] as const)('has as many options at each of them: %s', (_, cell, network, test) => {
    for (const { options, first, second } of cases) {
      const text = `import { conv, global_pool, linear } from std:nn
${cell === '' ? '' : cell(options(test))}space s {
  input image(6, 3)
  classes 2
  ${cell === '' ? '' : 'cell u = c'}
  network { stem conv(4)\n ${network(options(test))}\n head global_pool -> linear(classes) }
}
`
      expect(counted(text), text).toBe(first.length === second.length ? BigInt(first.length) : refusal(second, first))
    }
  })

  it('leaves those architectures in which only one of them is there', () => {
    const text = `import { conv, global_pool, linear } from std:nn
space s {
  input image(6, 3)
  classes 2
  network {
    stem conv(4)
    stage t { depth one of { 1, 2 }; layer conv(channels, one of { 1, (if first then 3 else 1) } per stage) }
    head global_pool -> linear(classes)
  }
}
`
    const { value: ir, diagnostics } = checkedText(text)
    expect(diagnostics.map(({ slug, severity }) => [slug, severity])).toEqual([['unbuildable-options', 'warning']])
    if (!ir) throw new Error('it is refused')
    expect(countArchitectures(ir, 's', { params: resolveParams(ir, {}) }).architectures).toBe(2n)
    expect(enumerated(ir, 's').map(({ architecture }) => architecture.decisions)).toEqual([
      { 't.depth': [0], 't.kernel': [0] },
      { 't.depth': [0], 't.kernel': [1] },
    ])
  })
})
