import type { IToken } from 'chevrotain'
import { nasLexer } from '../../../grammar/lexer.js'
import * as t from '../../../grammar/tokens.js'
import type { Report } from '../diagnostics/report.js'
import type { SourceText } from '../text/source.js'
import { spanOfToken } from './build/common.js'
import { genotypesIn } from './genotype.js'
import type { Comment, CommentKind } from './trivia.js'

/** The tokens of a text, and beside them its comments; both in the order of the text. */
export interface Lexed {
  readonly tokens: readonly IToken[]
  readonly comments: readonly Comment[]
}

const commentKinds: ReadonlyMap<unknown, CommentKind> = new Map([
  [t.ModuleDoc, 'module-doc'],
  [t.DocComment, 'doc'],
  [t.LineComment, 'line'],
  [t.BlockComment, 'block'],
  [t.UnclosedComment, 'block'],
])

/** Splits a text into tokens; what is no token is reported and left out. */
export function lex(source: SourceText, report: Report): Lexed {
  const { tokens, groups, errors } = nasLexer.tokenize(source.text)
  const file = source.path
  const genotypes = genotypesIn(source.text, (groups[t.commentGroup] ?? []).map(spanOfToken))
  for (const { span, edges } of genotypes) {
    report.add(
      'genotype',
      { file, span },
      {},
      { notes: [`written here, where the inputs of the cell are s0 and s1: ${edges.join(', ')}`] },
    )
  }
  for (const error of errors) {
    if (genotypes.some(({ span }) => span.start <= error.offset && error.offset < span.end)) continue
    const characters = source.text.slice(error.offset, error.offset + error.length)
    const span = { start: error.offset, end: error.offset + error.length }
    report.add('unknown-character', { file, span }, { characters: `\`${characters}\`` })
  }
  tokens.forEach((token, index) => {
    const span = spanOfToken(token)
    if (token.tokenType === t.UnclosedString) report.add('unclosed-string', { file, span }, {})
    if (token.tokenType !== t.NumberLiteral) return
    const next = tokens[index + 1]
    if (next === undefined || next.startOffset !== span.end || !/^[\w.]/.test(next.image) || next.image === '..') return
    const whole = { start: span.start, end: spanOfToken(next).end }
    report.add('malformed-number', { file, span: whole }, { text: `\`${token.image}${next.image}\`` })
  })
  const comments = (groups[t.commentGroup] ?? []).map((token): Comment => {
    if (token.tokenType === t.UnclosedComment) {
      report.add('unclosed-comment', { file, span: { start: token.startOffset, end: token.startOffset + 2 } }, {})
    }
    return { kind: commentKinds.get(token.tokenType) ?? 'line', span: spanOfToken(token), text: token.image }
  })
  return { tokens, comments }
}
