import { Lexer } from '../../grammar/chevrotain.js'
import { describe, expect, it } from 'vitest'
import { nasLexer } from '../../grammar/lexer.js'
import { NasParser } from '../../grammar/nas-parser.js'
import { allTokens, keywords } from '../../grammar/tokens.js'
import { createReport } from '../../src/compiler/diagnostics/report.js'
import { lex } from '../../src/compiler/syntax/lex.js'
import { brief } from '../support/syntax-trees.js'

function tokens(text: string): string[] {
  return nasLexer.tokenize(text).tokens.map((token) => `${token.tokenType.name}:${token.image}`)
}

function mistakes(text: string): string[] {
  const report = createReport()
  lex({ path: 'main.nas', text }, report)
  return report.diagnostics.map(brief(text))
}

describe('the definitions', () => {
  it('make a sound lexer', () => {
    const lexer = new Lexer(allTokens, { ensureOptimizations: true, positionTracking: 'full' })
    expect(lexer.lexerDefinitionErrors).toEqual([])
  })

  it('make a grammar without ambiguities, left recursion or unreachable alternatives', () => {
    expect(() => new NasParser({ validate: true })).not.toThrow()
  })

  it('give every keyword one spelling, one line of documentation and a token', () => {
    expect(new Set(keywords.map((entry) => entry.word)).size).toBe(keywords.length)
    for (const { word, doc } of keywords) {
      expect(word).toMatch(/^[a-z]+$/)
      expect(doc).toMatch(/\.$/)
      expect(doc).not.toContain('\n')
    }
  })

  it('use every token in some production', () => {
    const rules = new NasParser({ validate: false }).getSerializedGastProductions()
    const used = JSON.stringify(rules)
    const outside = new Set(['WhiteSpace', 'Identifier', 'UnclosedString', 'UnclosedComment'])
    const unused = allTokens.filter(
      (type) =>
        !used.includes(`"name":"${type.name}"`) &&
        !type.name.endsWith('Comment') &&
        !type.name.endsWith('Doc') &&
        (type.CATEGORIES ?? []).every((category) => category.name === 'Name' || category.name === 'Word') &&
        !outside.has(type.name),
    )
    expect(unused.map((type) => type.name)).toEqual([])
  })
})

describe('tokens', () => {
  it.each(keywords.map((entry) => entry.word))('%s is a keyword, and with more letters a name', (word) => {
    const [alone] = nasLexer.tokenize(word).tokens
    expect(alone?.tokenType.PATTERN).toBe(word)
    for (const longer of [`${word}_`, `${word}9`, `${word}Z`]) expect(tokens(longer)).toEqual([`Identifier:${longer}`])
  })

  it.each(['3', '3_349_342', '0.025', '3e-4', '1E+9', '6k', '5M', '1.5G', '50%', '0.5%'])(
    '%s is one number',
    (text) => {
      expect(tokens(text)).toEqual([`NumberLiteral:${text}`])
    },
  )

  it('keeps ranges, remainders and fields apart from numbers', () => {
    expect(tokens('1..4')).toEqual(['NumberLiteral:1', 'Dots:..', 'NumberLiteral:4'])
    expect(tokens('0.75..4.5')).toEqual(['NumberLiteral:0.75', 'Dots:..', 'NumberLiteral:4.5'])
    expect(tokens('1.. of')).toEqual(['NumberLiteral:1', 'Dots:..', 'Of:of'])
    expect(tokens('7 % 2')).toEqual(['NumberLiteral:7', 'Percent:%', 'NumberLiteral:2'])
    expect(tokens('7%2')).toEqual(['NumberLiteral:7', 'Percent:%', 'NumberLiteral:2'])
    expect(tokens('50% {')).toEqual(['NumberLiteral:50%', 'LeftBrace:{'])
  })

  it('takes the longest operator', () => {
    expect(tokens('a->b-c <= d == e = f != g..h')).toEqual([
      'Identifier:a',
      'Arrow:->',
      'Identifier:b',
      'Minus:-',
      'Identifier:c',
      'AtMost:<=',
      'Identifier:d',
      'EqualTo:==',
      'Identifier:e',
      'Equals:=',
      'Identifier:f',
      'NotEqualTo:!=',
      'Identifier:g',
      'Dots:..',
      'Identifier:h',
    ])
  })

  it('keeps comments beside the tokens, in order and with their kind', () => {
    const text = '//! m\n/// d\nlet /* b\n */ a = 1 // l'
    const { tokens: found, comments } = lex({ path: 'main.nas', text }, createReport())
    expect(found.map((token) => token.image)).toEqual(['let', 'a', '=', '1'])
    expect(comments.map(({ kind, text }) => [kind, text])).toEqual([
      ['module-doc', '//! m'],
      ['doc', '/// d'],
      ['block', '/* b\n */'],
      ['line', '// l'],
    ])
    for (const { span, text: image } of comments) expect(text.slice(span.start, span.end)).toBe(image)
  })
})

describe('lexical mistakes', () => {
  it.each([
    ['let a = 3 § 4', ['NAS1001 unknown-character "§"']],
    ['let a = 3 @@# 4', ['NAS1001 unknown-character "@@#"']],
    ['import "./a.nas\nlet b = 1', ['NAS1002 unclosed-string "\\"./a.nas"']],
    ['let a = 1 /* b', ['NAS1003 unclosed-comment "/*"']],
    ['let a = 3x', ['NAS1004 malformed-number "3x"']],
    ['let a = 1.5.2', ['NAS1004 malformed-number "1.5."']],
    ['let a = 1_000', []],
    ['let a = "say \\"b\\""', []],
  ])('%s', (text, expected) => {
    expect(mistakes(text)).toEqual(expected)
  })
})
