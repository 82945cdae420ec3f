import { describe, expect, it } from 'vitest'
import { deepestNesting } from '../../../src/compiler/syntax/nesting.js'
import { parse } from '../../../src/compiler/syntax/parse.js'
import { brief, expectInside, expectSoundSpans, find, plain, readRepositoryFile } from '../../support/syntax-trees.js'

function mistakes(text: string): string[] {
  return parse({ path: 'main.nas', text }).diagnostics.map(brief(text))
}

describe('mistakes', () => {
  it('three unrelated ones give three diagnostics, each exactly where it is', () => {
    const text = readRepositoryFile('spaces/darts.nas')
      .replace('param width = 16', 'param width =')
      .replace('from    any 2', 'fron    any 2')
      .replace('classes 10', 'clases 10')
    const { diagnostics } = parse({ path: 'main.nas', text })
    expect(diagnostics.map(brief(text))).toEqual([
      'NAS1103 nothing-after "="',
      'NAS1108 unknown-member "fron"',
      'NAS1108 unknown-member "clases"',
    ])
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      'expected an expression after `=`, found `param`',
      'a node has no `fron`',
      'a space has no `clases`',
    ])
    expect(diagnostics[2]?.help).toBe('did you mean classes?')
    expect(diagnostics[2]?.fixes[0]?.edits).toEqual([{ file: 'main.nas', span: diagnostics[2]?.span, text: 'classes' }])
    const starts = ['=\nparam cells', 'fron    any', 'clases 10'].map((part) => text.indexOf(part))
    expect(diagnostics.map((diagnostic) => diagnostic.span.start)).toEqual(starts)
  })

  it.each([
    ['let a = { none, skip(3 }', ['NAS1104 unclosed-bracket "}"']],
    ['cell c(x {\n  output x\n}', ['NAS1104 unclosed-bracket "{"']],
    ['space s {\n  input image(1, 2, 3)\nspace t { }', ['NAS1104 unclosed-bracket "space"']],
    ['let a = f(, 1)', ['NAS1102 no-alternative ","']],
    ['let a = {, 1}', ['NAS1102 no-alternative ","']],
    ['let a = (, 1)', ['NAS1102 no-alternative ","']],
    ['let a = f(* 2)', ['NAS1102 no-alternative "*"']],
    ['let a = f(]', ['NAS1104 unclosed-bracket "]"']],
    ['let a = b +', ['NAS1103 nothing-after "+"']],
    ['let a = b +\nlet c = 1', ['NAS1103 nothing-after "+"']],
    ['let cell = 1', ['NAS1105 reserved-word "cell"']],
    ['serch s of d { }\nlet a = 1', ['NAS1108 unknown-member "serch"']],
    ['architecture A of d { n { n1: a of s0, n2: b of s1 } }', ['NAS1101 unexpected-token ":"']],
    ['search s of d { epochs 50 60 }', ['NAS1101 unexpected-token "60"']],
    ['let a = 1e999', ['NAS1005 number-out-of-range "1e999"']],
    ['let a = *', ['NAS1102 no-alternative "*"']],
    ['import', ['NAS1103 nothing-after "import"']],
    ['', []],
    ['// nothing', []],
  ])('%j', (text, expected) => {
    expect(mistakes(text)).toEqual(expected)
  })

  it('says which bracket was left open', () => {
    const text = 'let a = f(1, g(2)\nlet b = 3'
    const [diagnostic] = parse({ path: 'main.nas', text }).diagnostics
    expect(diagnostic?.message).toBe('expected `)` to close this `(`, found `let`')
    expect(diagnostic?.labels).toEqual([{ file: 'main.nas', span: { start: 9, end: 10 }, text: 'opened here' }])
  })

  it('shows twenty syntax errors and counts the rest', () => {
    const text = 'let a = *\n'.repeat(30)
    const { diagnostics } = parse({ path: 'main.nas', text })
    expect(diagnostics).toHaveLength(21)
    expect(diagnostics.at(-1)).toMatchObject({
      slug: 'too-many-errors',
      severity: 'information',
      message: 'and 10 more in this file',
    })
  })
})

describe('holes', () => {
  it('stand where something is missing, and what is around them is kept', () => {
    const text =
      'let a = 1 +\nlet b = f(2)\nop g(kernel: int) =\ncell c(s0) {\n  node n {\n    from any 2 of earlier\n    merge\n  }\n}'
    const { value } = parse({ path: 'main.nas', text })
    expect(value.declarations.map((declaration) => declaration.kind)).toEqual(['let', 'let', 'op', 'cell'])
    expect(plain(value.declarations[0])).toMatchObject({
      value: { kind: 'binary', left: 1, right: { kind: 'missing' } },
    })
    expect(plain(value.declarations[2])).toMatchObject({ name: 'g', body: { kind: 'missing' } })
    expect(find(value, 'node').clauses.map((clause) => clause.kind)).toEqual(['from', 'merge'])
    expect(find(value, 'merge').by).toMatchObject({ text: '', missing: true })
  })
})

describe('half-typed programs', () => {
  const text = readRepositoryFile('spaces/darts.nas')

  it('never throw, and every span lies inside the text and its parent', () => {
    for (let end = 0; end <= text.length; end += 11) {
      const half = text.slice(0, end)
      const { value, diagnostics } = parse({ path: 'main.nas', text: half })
      expectInside(diagnostics, half)
      expectSoundSpans(value, half)
    }
  })

  it('keep what comes before and after the place where one types', () => {
    const kinds = (source: string): string[] =>
      parse({ path: 'main.nas', text: source }).value.declarations.map((declaration) => declaration.kind)
    const whole = kinds(text)
    for (const [typed, instead] of [
      ['    merge   sum\n', '    merge   \n'],
      ['    from    any 2 of earlier\n', '    from    any \n'],
      ['  sample   all\n', '  sample   \n'],
      ['  classes 10\n', '  classes \n'],
      ['let candidates = {', 'let candidates {'],
      ['  output concat(n)\n', '  output concat(\n'],
    ] as const) {
      expect(text).toContain(typed)
      expect(kinds(text.replace(typed, instead)), instead).toEqual(whole)
    }
  })
})

describe('nesting', () => {
  it.each(['(', '{', 'f(', 'a[', '2 ^ ', '-a ^ ', 'if a then '])(
    'of %j may be deep, but not without end',
    (opening) => {
      const nested = (depth: number): string[] => {
        const { diagnostics } = parse({ path: 'main.nas', text: `let a = ${opening.repeat(depth)}1` })
        return diagnostics.map((diagnostic) => diagnostic.slug)
      }
      expect(nested(deepestNesting)).not.toContain('nested-too-deeply')
      expect(nested(deepestNesting + 1)).toEqual(['nested-too-deeply'])
      expect(nested(20_000)).toEqual(['nested-too-deeply'])
    },
  )

  it('does not count what stands side by side', () => {
    const text = `let a = { ${'f(1), '.repeat(500)} }\nlet b = ${'a -> '.repeat(500)}a\nlet c = 1${' + 2 ^ 2'.repeat(30)}`
    expect(mistakes(text)).toEqual([])
  })
})
