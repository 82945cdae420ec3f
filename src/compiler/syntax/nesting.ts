import type { IToken } from 'chevrotain'
import * as t from '../../../grammar/tokens.js'

/** Brackets and operators nested deeper than this are refused: every level needs the machine's stack. */
export const deepestNesting = 64

const openers: ReadonlySet<unknown> = new Set([t.LeftBrace, t.LeftParenthesis, t.LeftBracket])
const closers: ReadonlySet<unknown> = new Set([t.RightBrace, t.RightParenthesis, t.RightBracket])
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
export function tooDeep(tokens: readonly IToken[]): IToken | undefined {
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

/** The innermost bracket that is still open behind the first `count` tokens. */
export function openBracket(tokens: readonly IToken[], count: number): IToken | undefined {
  const open: IToken[] = []
  for (const token of tokens.slice(0, count)) {
    if (openers.has(token.tokenType)) open.push(token)
    else if (closers.has(token.tokenType)) open.pop()
  }
  return open.at(-1)
}

export function isCloser(token: IToken): boolean {
  return closers.has(token.tokenType)
}
