import { describe, expect, it } from 'vitest'
import { keywords } from '../../../grammar/tokens.js'
import { parse } from '../../../src/compiler/syntax/parse.js'

const reserved = keywords.filter((entry) => entry.reserved).map(({ word }) => word)

const slugsOf = (text: string): string[] =>
  parse({ path: 'main.nas', text }).diagnostics.map(({ slug, span }) => `${slug} ${text.slice(span.start, span.end)}`)

describe('a reserved word as a name', () => {
  it.each(reserved)('%s is reported where it is declared, and not where it is used', (word) => {
    const text = [
      `let ${word} = { 3, 5 }`,
      `let more = ${word} + { 7 }`,
      `op block(kernel: int) = conv(${word}) -> relu`,
      `cell c(s0) { node n { from { s0 }; through one of ${word} }; output n }`,
      `space s { network { stem conv(8); stage a { width 8; layer one of ${word} }; head linear(10) } }`,
      'let last = 1',
    ].join('\n')
    expect(slugsOf(text)).toEqual([`reserved-word ${word}`])
    expect(parse({ path: 'main.nas', text }).value.declarations).toHaveLength(6)
  })

  it.each(reserved)('%s does not hide another mistake', (word) => {
    expect(slugsOf(`let ${word} = 3\nop f = conv(${word})\nlet b = *\nspace s { clases 10 }`)).toEqual([
      `reserved-word ${word}`,
      'no-alternative *',
      'unknown-member clases',
    ])
  })

  it('keeps its own meaning wherever the text can be read so', () => {
    const text = 'let op = 3\nop f = conv(op)\ncell c(s0) { node n { from { s0 }; through f }; output n }'
    expect(slugsOf(text)).toEqual(['reserved-word op'])
    expect(parse({ path: 'main.nas', text }).value.declarations.map(({ kind }) => kind)).toEqual(['let', 'op', 'cell'])
  })
})
