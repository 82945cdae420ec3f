import type { IToken } from 'chevrotain'
import type * as Cst from '../../../grammar/generated/cst.js'
import { sortDiagnostics, type Outcome } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import type { SourceText } from '../text/source.js'
import type { SyntaxFile } from './ast.js'
import { optionalProperty, many, spanOfNode, spanOfToken, type BuildContext } from './build/common.js'
import { buildDeclaration, buildImport } from './build/declaration.js'
import { lex } from './lex.js'
import { deepestNesting, tooDeep } from './nesting.js'
import { parseTokens } from './reserved-names.js'
import { reportSyntaxErrors } from './syntax-errors.js'
import { docsByToken, moduleDoc, type Comment } from './trivia.js'

/** A parsed file and what the tree leaves out. */
export interface Parsed {
  readonly file: SyntaxFile
  readonly comments: readonly Comment[]
}

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
  const parsed = parseTokens(tokens)
  for (const token of parsed.reserved) {
    report.add('reserved-word', { file: source.path, span: spanOfToken(token) }, { word: `\`${token.image}\`` })
  }
  reportSyntaxErrors(parsed.errors, parsed.tokens, source, report)
  const file = buildFile(parsed.cst, source, parsed.tokens, comments, report)
  return { value: { file, comments }, diagnostics: sortDiagnostics(report.diagnostics) }
}

function emptyFile(source: SourceText, comments: readonly Comment[]): SyntaxFile {
  const span = { start: 0, end: source.text.length }
  return {
    kind: 'file',
    span,
    path: source.path,
    ...optionalProperty('doc', moduleDoc(comments)),
    imports: [],
    declarations: [],
  }
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
