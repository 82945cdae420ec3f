import fc from 'fast-check'
import { describe, it } from 'vitest'
import { keywords } from '../../../grammar/tokens.js'
import { parse } from '../../../src/compiler/syntax/parse.js'
import { expectInside, expectSoundSpans, files, readRepositoryFile } from '../../support/syntax-trees.js'

const seed = 20_260_901

const words = [
  ...keywords.map((entry) => entry.word),
  ...[
    'a',
    's0',
    'n1',
    '3',
    '0.5',
    '6k',
    '50%',
    '1..',
    '"s"',
    '"',
    '->',
    '..',
    '.',
    ',',
    ';',
    ':',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
  ],
  ...[
    '==',
    '!=',
    '<=',
    '>=',
    '<',
    '>',
    '=',
    '+',
    '-',
    '&',
    '*',
    '/',
    '%',
    '^',
    '\n',
    '// c\n',
    '/// d\n',
    '/*',
    '*/',
    '§',
    '\r\n',
  ],
]
const texts = files.map(readRepositoryFile)

function check(text: string): void {
  const { value, diagnostics } = parse({ path: 'main.nas', text })
  expectInside(diagnostics, text)
  expectSoundSpans(value, text)
}

describe('any text at all is parsed without a throw, with every span inside the text', () => {
  it('a soup of tokens', () => {
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(' '))
    fc.assert(fc.property(soup, check), { seed, numRuns: 1200 })
  })

  it('characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), check), { seed, numRuns: 500 })
  })

  it('mutations of real files: a stretch cut out, doubled, moved, or replaced by tokens', () => {
    const mutation = fc.record({
      file: fc.constantFrom(...texts),
      from: fc.nat(),
      length: fc.nat({ max: 120 }),
      to: fc.nat(),
      insert: fc.array(fc.constantFrom(...words), { maxLength: 6 }),
      kind: fc.constantFrom('cut', 'double', 'move', 'replace'),
    })
    const mutated = mutation.map(({ file, from, length, to, insert, kind }) => {
      // A window of the file, so that many mutations are tried in little time.
      const text = file.slice(0, 400 + (to % Math.max(1, file.length)))
      const start = from % text.length
      const piece = text.slice(start, start + length)
      const rest = text.slice(0, start) + text.slice(start + length)
      switch (kind) {
        case 'cut':
          return rest
        case 'double':
          return text.slice(0, start) + piece + text.slice(start)
        case 'move':
          return rest.slice(0, to % (rest.length + 1)) + piece + rest.slice(to % (rest.length + 1))
        default:
          return `${text.slice(0, start)} ${insert.join(' ')} ${text.slice(start + length)}`
      }
    })
    fc.assert(fc.property(mutated, check), { seed, numRuns: 800 })
  })
})
