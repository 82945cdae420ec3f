import type { IRecognitionException, IToken } from 'chevrotain'
import { wordOfType } from '../../../grammar/messages.js'
import { nasParser } from '../../../grammar/nas-parser.js'
import * as t from '../../../grammar/tokens.js'
import type * as Cst from '../../../grammar/generated/cst.js'
import type { Extras, Outcome } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import type { SourceText, Span } from '../text/source.js'
import type { SyntaxFile } from './ast.js'
import { given, many, spanOfNode, spanOfToken, type BuildContext } from './build/common.js'
import { buildDeclaration, buildImport } from './build/declaration.js'
import { lex } from './lex.js'
import { docsByToken, moduleDoc, type Comment } from './trivia.js'

/** A parsed file and what the tree leaves out. */
export interface Parsed {
  readonly file: SyntaxFile
  readonly comments: readonly Comment[]
}

/** Brackets and operators nested deeper than this are refused: every level needs the machine's stack. */
export const deepestNesting = 64

/** How many syntax errors of one file are shown. */
const mostErrors = 20

/** The syntax tree of a text. Never throws: mistakes are diagnostics inside the text, and leave holes in the tree. */
export function parse(source: SourceText): Outcome<SyntaxFile> {
  const { value, diagnostics } = parseWithComments(source)
  return { value: value.file, diagnostics }
}

/** {@link parse}, with the comments for those who print the text again. */
export function parseWithComments(source: SourceText): Outcome<Parsed> {
  const report = createReport()
  const { tokens, comments } = lex(source, report)
  const deep = tooDeep(tokens)
  if (deep !== undefined) {
    report.add('nested-too-deeply', { file: source.path, span: spanOfToken(deep) }, { limit: deepestNesting })
    return report.outcome({ file: emptyFile(source, comments), comments })
  }
  const parser = nasParser()
  parser.input = [...tokens]
  // The generated types describe what this production gives.
  const cst = parser.file() as unknown as Cst.FileCstNode
  reportErrors(parser.errors, tokens, source, report)
  return report.outcome({ file: buildFile(cst, source, tokens, comments, report), comments })
}

function emptyFile(source: SourceText, comments: readonly Comment[]): SyntaxFile {
  const span = { start: 0, end: source.text.length }
  return { kind: 'file', span, path: source.path, ...given('doc', moduleDoc(comments)), imports: [], declarations: [] }
}

function buildFile(
  cst: Cst.FileCstNode,
  source: SourceText,
  tokens: readonly IToken[],
  comments: readonly Comment[],
  report: Report,
): SyntaxFile {
  const file = source.path
  const context: BuildContext = {
    docs: docsByToken(comments, tokens),
    numberOutOfRange: (span, text) => report.add('number-out-of-range', { file, span }, { text: `\`${text}\`` }),
    strayValue: (span) =>
      report.add(
        'unexpected-token',
        { file, span },
        { expected: '`,`, `;` or a new line', found: `\`${source.text.slice(span.start, span.end)}\`` },
      ),
  }
  const { imports, declarations } = cst.children
  return {
    ...emptyFile(source, comments),
    imports: many(imports).map((node) => buildImport(node, spanOfNode(node, 0).start)),
    declarations: many(declarations).flatMap(
      (node) => buildDeclaration(context, node, spanOfNode(node, 0).start) ?? [],
    ),
  }
}

const openers: ReadonlySet<unknown> = new Set([t.LeftBrace, t.LeftParenthesis, t.LeftBracket])
const closers: ReadonlySet<unknown> = new Set([t.RightBrace, t.RightParenthesis, t.RightBracket])
const reservedWords: ReadonlySet<unknown> = new Set(
  t.keywords.filter((entry) => entry.reserved).map((entry) => entry.token),
)
/** Where nesting without brackets ends. */
const resets: ReadonlySet<unknown> = new Set([
  t.Comma,
  t.Semicolon,
  t.Arrow,
  ...t.keywords.filter((entry) => entry.reserved && entry.group === 'declaration').map((entry) => entry.token),
])
/** Tokens behind which an expression begins inside another one, without a bracket. */
const nesting: ReadonlySet<unknown> = new Set([t.Caret, t.If, t.Else])

/** The first token that stands too deep. Operators nest until the bracket around them closes or the statement ends. */
function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  const depths = [0]
  for (const token of tokens) {
    const inner = depths.at(-1) ?? 0
    if (openers.has(token.tokenType)) depths.push(inner + 1)
    else if (closers.has(token.tokenType) && depths.length > 1) depths.pop()
    else if (nesting.has(token.tokenType)) depths[depths.length - 1] = inner + 1
    else if (resets.has(token.tokenType)) depths[depths.length - 1] = depths.length - 1
    if ((depths.at(-1) ?? 0) > deepestNesting) return token
  }
  return undefined
}

function reportErrors(
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  source: SourceText,
  report: Report,
): void {
  const shown = withoutEchoes(errors)
  for (const error of shown.slice(0, mostErrors)) {
    const span = spanOfError(error, tokens, source)
    const place = { file: source.path, span }
    const found = foundWords(error.token)
    const expected = error.message
    const opening = expectsCloser(expected) ? openBracketBefore(error.token, tokens) : undefined
    if (opening !== undefined) {
      const label = { file: source.path, span: spanOfToken(opening), text: 'opened here' }
      report.add('unclosed-bracket', place, { expected, opening: `\`${opening.image}\``, found }, { labels: [label] })
    } else if (expected === 'a name' && reservedWords.has(error.token.tokenType)) {
      report.add('reserved-word', place, { word: found })
    } else {
      const slug = error.name === 'NoViableAltException' ? 'no-alternative' : 'unexpected-token'
      report.add(slug, place, { expected, found }, extrasOf(error))
    }
  }
  const first = shown[mostErrors]
  if (first !== undefined) {
    const span = spanOfError(first, tokens, source)
    report.add('too-many-errors', { file: source.path, span }, { count: shown.length - mostErrors })
  }
}

/** One error per line: what the parser says further on while it finds its way again is an echo of the first. */
function withoutEchoes(errors: readonly IRecognitionException[]): IRecognitionException[] {
  const lines = new Set<number>()
  let ended = false
  return errors.filter((error) => {
    const line = error.token.startLine ?? NaN
    const atEnd = Number.isNaN(line)
    if (atEnd ? ended : lines.has(line)) return false
    if (atEnd) ended = true
    else lines.add(line)
    return true
  })
}

function spanOfError(error: IRecognitionException, tokens: readonly IToken[], source: SourceText): Span {
  if (!Number.isNaN(error.token.startOffset) && error.token.image !== '') return spanOfToken(error.token)
  const last = tokens.at(-1)
  const end = last === undefined ? source.text.length : spanOfToken(last).end
  return { start: end, end }
}

function foundWords(token: IToken): string {
  return token.image === '' ? 'the end of the file' : `\`${token.image}\``
}

function expectsCloser(expected: string): boolean {
  return [t.RightBrace, t.RightParenthesis, t.RightBracket].some((type) => wordOfType(type) === expected)
}

/** The innermost bracket that is still open where a token stands. */
function openBracketBefore(token: IToken, tokens: readonly IToken[]): IToken | undefined {
  const open: IToken[] = []
  for (const other of tokens) {
    if (other === token) break
    if (openers.has(other.tokenType)) open.push(other)
    else if (closers.has(other.tokenType)) open.pop()
  }
  return open.at(-1)
}

function extrasOf(error: IRecognitionException): Extras {
  const rules = error.context.ruleStack
  if (rules.at(-1) === 'edge' || (rules.at(-1) === 'bindingItem' && error.token.tokenType === t.Colon)) {
    return { help: 'Edges are written like sep_conv(3) of s0; a semicolon stands between two nodes.' }
  }
  if (rules.at(-1) === 'file') {
    return { help: 'A module has import, param, let, op, extern, cell, space, search and architecture.' }
  }
  return {}
}
