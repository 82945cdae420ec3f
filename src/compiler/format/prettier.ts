import { doc, type Parser, type Printer, type SupportLanguage } from 'prettier'
import { formatLines, houseStyle } from './format.js'

/** The root: the text as it came. All that Prettier does not know of stays with {@link formatLines}. */
interface NasText {
  readonly kind: 'nas-text'
  readonly path: string
  readonly text: string
}

export const languages: SupportLanguage[] = [
  { name: 'nas', parsers: ['nas'], extensions: ['.nas'], vscodeLanguageIds: ['nas'], linguistLanguageId: 0 },
]

const parser: Parser<NasText> = {
  astFormat: 'nas',
  parse: (text, { filepath }) => ({ kind: 'nas-text', path: filepath || 'text.nas', text }),
  locStart: () => 0,
  locEnd: ({ text }) => text.length,
}

const printer: Printer<NasText> = {
  print({ node }, { tabWidth, useTabs }) {
    const formatted = formatLines(node, { tabWidth, useTabs: useTabs === true })
    if (formatted.kind === 'refused') {
      const [first] = formatted.diagnostics
      throw new SyntaxError(`${node.path}: ${first?.message ?? 'the text has errors'} (${first?.code ?? ''})`)
    }
    const { hardline, literalline } = doc.builders
    // Lines inside of a comment are not indented anew.
    return formatted.lines.map((line) => [doc.utils.replaceEndOfLine(line, literalline), hardline])
  },
  getVisitorKeys: () => [],
}

export const parsers: Readonly<Record<'nas', Parser<NasText>>> = { nas: parser }
export const printers: Readonly<Record<'nas', Printer<NasText>>> = { nas: printer }
/** Two blanks, whatever the project's other files have, unless its configuration says otherwise. */
export const defaultOptions = { tabWidth: houseStyle.tabWidth, useTabs: houseStyle.useTabs }
