import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js'
import { createReport } from '../diagnostics/report.js'
import { lex } from '../syntax/lex.js'
import { parse } from '../syntax/parse.js'
import type { SourceText } from '../text/source.js'
import { lineUp } from './columns.js'
import { layOut, textOf } from './layout.js'
import { linesOf, piecesOf, settle } from './pieces.js'
import { sameTree } from './same-tree.js'
import { structureOf } from './structure.js'

export interface FormatOptions {
  /** Blanks of one step of indentation. */
  readonly tabWidth: number
  /** A step is a tab. */
  readonly useTabs: boolean
}

export const houseStyle: FormatOptions = { tabWidth: 2, useTabs: false }

export type Formatted =
  | { readonly kind: 'formatted'; readonly lines: readonly string[] }
  /** The text has errors: there is no knowing what its author meant. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }

/**
 * The lines of a text in the house style. Lines break where the author broke them; blanks, indentation, columns, commas
 * at the end of lists and blank lines follow rules. The result means the same, has the same comments, and is its own
 * format: the first is checked each time.
 */
export function formatLines(source: SourceText, options: FormatOptions = houseStyle): Formatted {
  const { value: file, diagnostics } = parse(source)
  if (hasErrors(diagnostics)) return { kind: 'refused', diagnostics }
  const { tokens, comments } = lex(source, createReport())
  const pieces = piecesOf(
    source.text,
    tokens.filter(({ image }) => image !== ''),
    comments,
  )
  const structure = structureOf(file, pieces)
  const lines = layOut(linesOf(settle(pieces, structure)), structure)
  lineUp(lines, structure)
  const step = options.useTabs ? '\t' : ' '.repeat(options.tabWidth)
  const texts = lines.flatMap((line) => {
    const text = step.repeat(line.steps) + ' '.repeat(line.offset) + textOf(line)
    return line.apart ? ['', text] : [text]
  })
  const after = parse({ path: source.path, text: texts.join('\n') })
  if (hasErrors(after.diagnostics) || !sameTree(file, after.value)) {
    throw new Error(`${source.path} would not mean the same after formatting`)
  }
  return { kind: 'formatted', lines: texts }
}

/** {@link formatLines} as one text, with the line ends of the source and one at the end. */
export function formatText(
  source: SourceText,
  options: FormatOptions = houseStyle,
): Exclude<Formatted, { kind: 'formatted' }> | { readonly kind: 'formatted'; readonly text: string } {
  const formatted = formatLines(source, options)
  if (formatted.kind === 'refused') return formatted
  const lineEnd = /\r?\n/.exec(source.text)?.[0] ?? '\n'
  const text = formatted.lines.map((line) => line.replace(/\r?\n/g, lineEnd) + lineEnd).join('')
  return { kind: 'formatted', text: source.text.startsWith('\uFEFF') ? `\uFEFF${text}` : text }
}
