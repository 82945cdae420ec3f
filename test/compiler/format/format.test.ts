import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as prettier from 'prettier'
import { describe, expect, it } from 'vitest'
import { root } from '../../support/repository.js'
import { createReport } from '../../../src/compiler/diagnostics/report.js'
import { hasErrors } from '../../../src/compiler/diagnostics/diagnostic.js'
import { formatText } from '../../../src/compiler/format/format.js'
import * as plugin from '../../../src/compiler/format/prettier.js'
import { sameTree } from '../../../src/compiler/format/same-tree.js'
import { lex } from '../../../src/compiler/syntax/lex.js'
import { parse } from '../../../src/compiler/syntax/parse.js'
import { programs } from '../../support/generated-programs.js'

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  const found = names.filter((name) => name.endsWith('.nas')).map((name) => join(folder, name))
  if (found.length === 0) throw new Error(`no file in ${folder}`)
  return found
}

function format(text: string): string {
  const formatted = formatText({ path: 'text.nas', text })
  if (formatted.kind === 'refused') throw new Error(formatted.diagnostics[0]?.message)
  return formatted.text
}

function commentsOf(text: string): readonly string[] {
  return lex({ path: 'text.nas', text }, createReport()).comments.map((comment) => comment.text.trimEnd())
}

/** The tokens that mean something: commas before a closing bracket may come and go. */
function tokensOf(text: string): string {
  const images = lex({ path: 'text.nas', text }, createReport()).tokens.map(({ image }) => image)
  return images.filter((image, index) => !(image === ',' && /^[)\]}]$/.test(images[index + 1] ?? ''))).join(' ')
}

/** All that formatting promises of a text; gives whether it was formatted or refused. */
function holdsFor(text: string): 'formatted' | 'refused' {
  const before = parse({ path: 'text.nas', text })
  const formatted = formatText({ path: 'text.nas', text })
  if (hasErrors(before.diagnostics)) {
    expect(formatted).toEqual({ kind: 'refused', diagnostics: before.diagnostics })
    return 'refused'
  }
  if (formatted.kind === 'refused') throw new Error('refused without errors')
  const after = parse({ path: 'text.nas', text: formatted.text })
  expect(after.diagnostics.map(({ code }) => code)).toEqual(before.diagnostics.map(({ code }) => code))
  expect(sameTree(after.value, before.value)).toBe(true)
  expect(commentsOf(formatted.text)).toEqual(commentsOf(text))
  expect(tokensOf(formatted.text)).toEqual(tokensOf(text))
  expect(format(formatted.text)).toBe(formatted.text)
  expect(formatted.text).not.toMatch(/[ \t]$/m)
  expect(formatted.text).not.toMatch(/\n\n\n/)
  return 'formatted'
}

describe('formatting keeps the meaning and is its own format', () => {
  const files = [...filesIn('src/compiler/std'), ...filesIn('spaces'), ...filesIn('test/cases')]
  it.each(files)('%s', (file) => {
    holdsFor(readFileSync(join(root, file), 'utf8'))
  })

  it('generated programs with blanks and line breaks at random', () => {
    const seen = { formatted: 0, refused: 0 }
    fc.assert(
      fc.property(programs, (text) => {
        seen[holdsFor(text)] += 1
      }),
      { numRuns: 200, seed: 5 },
    )
    expect(seen.formatted).toBeGreaterThan(150)
  })
})

describe('the library and the spaces', () => {
  it.each([...filesIn('src/compiler/std'), ...filesIn('spaces')])('%s is formatted: run `nasc fmt`', (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    expect(format(text)).toBe(text)
  })
})

describe('formatting', () => {
  it('is not changed by how much room an author left', () => {
    const narrow =
      'op a(k:int=3)=relu->conv(channels,k)->bn(affine:-1<2)\nlet s={3,5,7}\nlet t={a,a(5)}\nlet f=cells/3+2/3'
    const wide =
      'op  a ( k :  int  =  3 )  =  relu  ->  conv ( channels ,  k )  ->  bn ( affine : - 1  <  2 )\n' +
      'let  s  =  { 3 , 5 , 7 }\nlet  t  =  {a,  a ( 5 )}\nlet  f  =  cells  /  3  +  2 / 3\n\n\n'
    const expected =
      'op a(k: int = 3) = relu -> conv(channels, k) -> bn(affine: -1 < 2)\n' +
      'let s = {3, 5, 7}\nlet t = { a, a(5) }\nlet f = cells / 3 + 2/3\n'
    expect(format(narrow)).toBe(expected)
    expect(format(wide)).toBe(expected)
  })

  it('keeps a percentage before a bracket from becoming a remainder', () => {
    holdsFor('let a = 50% (b)\n')
    expect(format('let a = 50%   (b)\nlet c = 50%(b)\n')).toBe('let a = 50% (b)\nlet c = 50 % (b)\n')
  })

  it('lines up clauses, stages and rows of equal operations', () => {
    const text = `
cell c(s0, s1) {

node n[1..4] {
from any 2 of earlier   // two of them
through one of candidates // one each

merge sum
}
output concat(n)

}
op sep(k: int) =
relu -> depthwise(k) -> conv(in) -> bn
-> relu -> depthwise(k, 1) -> conv(channels) -> bn
space s { input image(32, 32, 3)
network {
stage a { width 8; layer conv }
stage bb { width 16; depth one of 1..2; layer conv }
}
}
`
    expect(format(text)).toBe(`cell c(s0, s1) {
  node n[1..4] {
    from    any 2 of earlier   // two of them
    through one of candidates  // one each

    merge sum
  }
  output concat(n)
}
op sep(k: int) =
     relu -> depthwise(k)    -> conv(in)       -> bn
  -> relu -> depthwise(k, 1) -> conv(channels) -> bn
space s { input image(32, 32, 3)
  network {
    stage a  { width 8;                     layer conv }
    stage bb { width 16; depth one of 1..2; layer conv }
  }
}
`)
  })

  it('puts a comma behind the last item of a list that ends on its own line, and nowhere else', () => {
    expect(format('let a = {\n  conv(1, 3,),\n  skip // last\n}\n')).toBe(
      'let a = {\n  conv(1, 3),\n  skip,  // last\n}\n',
    )
  })

  it('keeps line ends, a byte-order mark and comments where they stand', () => {
    const text = '\uFEFF//! about\r\n\r\n\r\n/* one\r\n  two */ let a = 3 /* three */ + 4\r\n// end'
    expect(format(text)).toBe('\uFEFF//! about\r\n\r\n/* one\r\n  two */ let a = 3 /* three */ + 4\r\n// end\r\n')
  })

  it('does not join a number and a dot', () => {
    expect(format('let a = 0  .share')).toBe('let a = 0 .share\n')
  })

  it('leaves a text with errors alone', () => {
    const text = 'let a =\nlet = 3'
    const formatted = formatText({ path: 'text.nas', text })
    expect(formatted.kind).toBe('refused')
  })

  it('formats an empty text and one of comments alone', () => {
    expect(format('')).toBe('')
    expect(format('\n\n')).toBe('')
    expect(format('\n  // nothing here\n')).toBe('// nothing here\n')
  })
})

describe('the plugin of Prettier', () => {
  const options = { parser: 'nas', plugins: [plugin] }

  it('formats as `nasc fmt`', async () => {
    for (const file of filesIn('src/compiler/std')) {
      const text = readFileSync(join(root, file), 'utf8')
      expect(await prettier.format(text, options)).toBe(format(text))
    }
  })

  it('honours widths of tabs and line ends', async () => {
    const text = 'space s {\nclasses 10\n}\n'
    expect(await prettier.format(text, { ...options, tabWidth: 4, endOfLine: 'crlf' })).toBe(
      'space s {\r\n    classes 10\r\n}\r\n',
    )
    expect(await prettier.format(text, { ...options, useTabs: true })).toBe('space s {\n\tclasses 10\n}\n')
  })

  it('refuses a text with errors, naming the code', async () => {
    await expect(prettier.format('let = 3', options)).rejects.toThrow(/NAS1\d{3}/)
  })
})
