import { describe, expect, it } from 'vitest'
import { paramsOf, resolveArchitecture } from '../../src/architectures/index.js'
import { checkedText, compiledText } from '../support/programs.js'

const space = `import { conv, global_pool, identity, linear } from std:nn
op block(kernel: int) = conv(channels, kernel)
space s {
  input image(8, 8, 3)
  classes 10
  network {
    stem conv(8)
    stage a { width 8; depth one of 2..4; layer conv(channels, one of { 3, 5, 7 }) }
    stage b { width 8; depth 3; layer one of { identity, block(3), block(5) } }
    stage c { width 8; depth 2; layer conv(channels, one of { 1, 3, 5 }) }
    head global_pool -> linear(classes)
  }
}
`

/** What the entries take, by path and as text. */
function taken(entries: string): Readonly<Record<string, number>> {
  const ir = compiledText(`${space}architecture A of s { ${entries} }`)
  const [architecture] = ir.architectures
  if (!architecture) throw new Error('no architecture')
  const { decisions } = resolveArchitecture(ir, architecture, paramsOf(ir, architecture))
  return Object.fromEntries(Object.entries(decisions).map(([path, [option]]) => [path, option ?? -1]))
}

function said(entries: string): readonly string[] {
  return checkedText(`${space}architecture A of s { ${entries} }`).diagnostics.map(({ message }) => message)
}

describe('entries that bind many decisions', () => {
  it('speak of a kind everywhere, and only of layers that are there', () => {
    expect(taken('a.depth 2; kernel 3; layer block(5)')).toEqual({
      'a.depth': 0,
      'a.layer[1].kernel': 0,
      'a.layer[2].kernel': 0,
      'b.layer[1]': 2,
      'b.layer[2]': 2,
      'b.layer[3]': 2,
      'c.layer[1].kernel': 1,
      'c.layer[2].kernel': 1,
    })
  })

  it('give way to those that say it more closely, in any order', () => {
    const expected = { 'a.depth': 1, 'a.layer[1].kernel': 2, 'a.layer[2].kernel': 1, 'a.layer[3].kernel': 1 }
    const entries = ['kernel 3', 'a.kernel 5', 'a.layer[1].kernel 7', 'a.depth 3', 'b.layer identity']
    expect(taken(entries.join('; '))).toMatchObject({ ...expected, 'c.layer[1].kernel': 1 })
    expect(taken(entries.toReversed().join('; '))).toMatchObject({ ...expected, 'c.layer[1].kernel': 1 })
  })

  it('give every layer a value of its own, or some of them one', () => {
    const rest = 'a.depth 2; kernel 3'
    const found = { 'b.layer[1]': 1, 'b.layer[2]': 2, 'b.layer[3]': 0 }
    expect(taken(`${rest}; b { layer [block(3), block(5), identity] }`)).toMatchObject(found)
    expect(taken(`${rest}; b.layer [block(3), block(5), identity]`)).toMatchObject(found)
    expect(taken(`${rest}; b { layer block(3); layer[2..3] block(5) }`)).toMatchObject({
      'b.layer[1]': 1,
      'b.layer[2]': 2,
      'b.layer[3]': 2,
    })
    expect(taken('a { depth 3; kernel [3, 5, 7] } b.layer identity; c { layer[1..2] { kernel 5 } }')).toMatchObject({
      'a.layer[1].kernel': 0,
      'a.layer[2].kernel': 1,
      'a.layer[3].kernel': 2,
      'c.layer[1].kernel': 2,
      'c.layer[2].kernel': 2,
    })
  })

  it('are refused where two say the same as closely, where a layer is missing, and where no layer is', () => {
    const rest = 'a.depth 2; b.layer identity'
    expect(said(`${rest}; kernel 3; kernel 5`)).toContain('a.layer[1].kernel is bound twice')
    expect(said(`${rest}; kernel 3; c.layer[1..2].kernel 3; c.layer[2].kernel 5`)).toEqual([
      'c.layer[2].kernel is bound twice',
    ])
    expect(said(`${rest}; a { kernel [3, 3] } c { kernel [3] }`)).toEqual([
      'the architecture A leaves open: c.layer[2].kernel',
    ])
    expect(said(`${rest}; a { kernel [3, 3, 3] } c { kernel 3 }`)).toEqual([
      'a.layer[3].kernel is bound, and the network of A has no such decision',
    ])
    expect(said(`${rest}; kernel 3; c.kernel [3, 5, 3]`)).toEqual([
      'A binds c.kernel in layer 3, and the space has no such decision',
    ])
    expect(said(`${rest}; kernel 3; c.layer[1..1_000_000_000].kernel 3`)).toEqual([
      'A binds c.layer[..].kernel, and the space has no such decision',
    ])
    expect(said(`${rest}; kernel 7`)).toEqual(['7 is not among the options of c.layer[1].kernel'])
  })
})
