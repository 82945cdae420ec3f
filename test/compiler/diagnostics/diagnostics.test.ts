import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnosticEntries } from '../../../src/catalogue/index.js'
import { createDiagnostic } from '../../../src/compiler/diagnostics/diagnostic.js'
import { renderPretty } from '../../../src/compiler/diagnostics/render/pretty.js'
import { toJsonDiagnostics } from '../../../src/compiler/diagnostics/render/json.js'
import { sourcesFrom } from '../../../src/compiler/diagnostics/render/sources.js'
import { createReport } from '../../../src/compiler/diagnostics/report.js'
import { didYouMean, suggest } from '../../../src/compiler/diagnostics/suggest.js'
import { editDistance, nearNames } from '../../../src/support/near-names.js'
import { lineMapOf } from '../../../src/compiler/text/line-map.js'

const main = 'let a = 1\nlet b = foo(2)\n\n\n\n\n\n\n\tlet c = bar\n'
const other = 'let foo = 3\n'
const sourceOf = sourcesFrom((file) => (file === 'main.nas' ? main : file === 'lib/other.nas' ? other : undefined))

function at(text: string): { file: string; span: { start: number; end: number } } {
  const start = main.indexOf(text)
  return { file: 'main.nas', span: { start, end: start + text.length } }
}

const twoFiles = createDiagnostic(
  'wrong-type',
  at('foo(2)'),
  { expected: 'an operation', found: 'a number' },
  {
    label: 'called here',
    labels: [
      { ...at('bar'), text: 'and used here' },
      { file: 'lib/other.nas', span: { start: 4, end: 7 }, text: 'declared here' },
    ],
    notes: ['numbers are not operations'],
    help: 'Leave the brackets out.',
  },
)

describe('the catalogue', () => {
  it('has every code once, in the thousand of its stage', () => {
    const codes = Object.values(diagnosticEntries).map((entry) => entry.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^NAS[1-5]\d{3}$/)
  })

  it('has slugs in kebab case, messages that begin small and helps that are sentences', () => {
    for (const [slug, entry] of Object.entries(diagnosticEntries)) {
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(entry.message, slug).not.toMatch(/^[A-Z][a-z]|\.$/)
      if (entry.help !== undefined) expect(entry.help, slug).toMatch(/^[A-Z{].*[.?]$/)
    }
  })

  it('fills templates, which the compiler checks', () => {
    expect(createDiagnostic('unknown-name', at('foo'), { name: 'foo' })).toMatchObject({
      code: 'NAS2101',
      message: 'unknown name foo',
    })
    // @ts-expect-error: the placeholder `name` must be given
    createDiagnostic('unknown-name', at('foo'), {})
    // @ts-expect-error: no such slug
    expect(() => createDiagnostic('no-such-thing', at('foo'), {})).toThrow()
  })

  it('keeps the same finding once', () => {
    const report = createReport()
    report.add('unknown-name', at('foo'), { name: 'foo' })
    report.add('unknown-name', at('foo'), { name: 'foo' })
    report.add('unknown-name', at('bar'), { name: 'bar' })
    expect(report.diagnostics).toHaveLength(2)
  })
})

describe('near names', () => {
  it('are found by distance', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('ab', 'ba')).toBe(1)
    expect(nearNames('sep_cnov', ['sep_conv', 'dil_conv', 'skip'])).toEqual(['sep_conv'])
    expect(nearNames('SepConv', ['sep_conv', 'dil_conv'])).toEqual(['sep_conv'])
    expect(nearNames('x', ['conv', 'relu'])).toEqual([])
    expect(nearNames('foo', ['foo'])).toEqual([])
  })

  it('keep to the laws of a distance', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(word, word, (left, right) => {
        const distance = editDistance(left, right)
        expect(distance).toBe(editDistance(right, left))
        expect(distance === 0).toBe(left === right)
        expect(distance).toBeGreaterThanOrEqual(Math.abs(left.length - right.length))
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length))
      }),
      { seed: 7 },
    )
  })

  it('become help and fixes', () => {
    expect(didYouMean(['a', 'b', 'c'])).toBe('did you mean a, b or c?')
    expect(suggest('fooo', ['foo', 'relu'], at('foo'))).toEqual({
      help: 'did you mean foo?',
      fixes: [{ title: 'change to foo', edits: [{ ...at('foo'), text: 'foo' }], confidence: 'likely' }],
    })
    expect(suggest('zzz', ['foo'], at('foo'))).toEqual({ fixes: [] })
  })
})

describe('diagnostics for people', () => {
  it('show every place in every file', () => {
    expect(renderPretty([twoFiles], sourceOf, { colour: false })).toMatchInlineSnapshot(`
      "error[NAS3001]: expected an operation, found a number
       --> main.nas:2:9
        |
      2 | let b = foo(2)
        |         ^^^^^^ called here
      ...
      9 |     let c = bar
        |             --- and used here
       ::: lib/other.nas:1:5
        |
      1 | let foo = 3
        |     --- declared here
        |
        = note: numbers are not operations
        = help: Leave the brackets out.
      "
    `)
  })

  it('show where a file would have been', () => {
    const missing = createDiagnostic(
      'missing-entry',
      { file: 'no.nas', span: { start: 0, end: 0 } },
      { path: 'no.nas' },
    )
    expect(renderPretty([missing], sourceOf, { colour: false })).toBe(
      'error[NAS2004]: there is no file no.nas\n --> no.nas\n',
    )
  })

  it('cut long lines around the mark, and stay under it', () => {
    const text = `let a = { ${'none, '.repeat(100)}here, ${'none, '.repeat(100)} }`
    const start = text.indexOf('here')
    const rendered = renderPretty(
      [createDiagnostic('unknown-name', { file: 'long.nas', span: { start, end: start + 4 } }, { name: 'here' })],
      sourcesFrom(() => text),
      { colour: false },
    )
    const [, , , line = '', marks = ''] = rendered.split('\n')
    expect(line.length).toBeLessThan(160)
    expect(line.slice(marks.indexOf('^'), marks.indexOf('^') + 4)).toBe('here')
    expect(marks).toMatch(/^ +\| +\^{4}$/)
  })

  it('colour only when told', () => {
    const escape = String.fromCharCode(27)
    expect(renderPretty([twoFiles], sourceOf, { colour: false })).not.toContain(escape)
    expect(renderPretty([twoFiles], sourceOf, { colour: true })).toContain(escape)
  })
})

describe('diagnostics for programs', () => {
  it('have code, severity, message, file, range and fixes', () => {
    const diagnostic = createDiagnostic('unknown-name', at('bar'), { name: 'bar' }, suggest('bar', ['baz'], at('bar')))
    expect(toJsonDiagnostics([diagnostic], sourceOf)).toEqual([
      {
        code: 'NAS2101',
        slug: 'unknown-name',
        severity: 'error',
        message: 'unknown name bar',
        file: 'main.nas',
        range: { start: { line: 9, column: 10, offset: 40 }, end: { line: 9, column: 13, offset: 43 } },
        labels: [],
        notes: [],
        help: 'did you mean baz?',
        fixes: [
          {
            title: 'change to baz',
            confidence: 'likely',
            edits: [
              {
                file: 'main.nas',
                range: { start: { line: 9, column: 10, offset: 40 }, end: { line: 9, column: 13, offset: 43 } },
                text: 'baz',
              },
            ],
          },
        ],
      },
    ])
  })
})

describe('line maps', () => {
  it('know all line endings', () => {
    const map = lineMapOf('a\nbc\r\nd\re')
    expect([0, 1, 2, 3, 4, 6, 7, 8].map((offset) => Object.values(map.positionAt(offset)).join(':'))).toEqual([
      '0:0',
      '0:1',
      '1:0',
      '1:1',
      '1:2',
      '2:0',
      '2:1',
      '3:0',
    ])
    expect([0, 1, 2, 3].map((line) => [map.startOf(line), map.endOf(line)])).toEqual([
      [0, 1],
      [2, 4],
      [6, 7],
      [8, 9],
    ])
    expect(map.lineCount).toBe(4)
  })
})
