import fc from 'fast-check'
import { createReport } from '../../src/compiler/diagnostics/report.js'
import { lex } from '../../src/compiler/syntax/lex.js'
import { parse } from '../../src/compiler/syntax/parse.js'
import { files, readRepositoryFile } from './syntax-trees.js'

/** Every declaration of the library and of DARTS, as a list of its tokens. */
const declarations = files.map(readRepositoryFile).flatMap((text) => {
  const source = { path: 'main.nas', text }
  const { tokens } = lex(source, createReport())
  return parse(source).value.declarations.map(({ span }) =>
    tokens.filter(({ startOffset }) => span.start <= startOffset && startOffset < span.end).map(({ image }) => image),
  )
})

const gaps = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(' ', '  ', '') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\n\n\n', '\t', ' /* c */ ', ' // c\n', '\n/// d\n', '\r\n') },
)

/** Whether two tokens are still two where nothing stands between them. */
function stayApart(image: string, next: string): boolean {
  const { tokens } = lex({ path: 'main.nas', text: image + next }, createReport())
  return tokens.length === 2 && tokens[0]?.image === image
}

/** Declarations in any order, with anything that may stand between two tokens: most mean something, some do not. */
export const programs = fc.array(fc.constantFrom(...declarations), { minLength: 1, maxLength: 3 }).chain((chosen) => {
  const tokens = chosen.flat()
  const between = fc.array(gaps, { minLength: tokens.length, maxLength: tokens.length })
  return between.map((blanks) =>
    tokens
      .map((image, index) => {
        const [blank = '', next = ''] = [blanks[index], tokens[index + 1]]
        return image + (blank === '' && !stayApart(image, next) ? ' ' : blank)
      })
      .join(''),
  )
})
