import type { IRecognitionException, IToken, TokenType } from 'chevrotain'
import type * as Cst from '../../../grammar/generated/cst.js'
import { wordOfType } from '../../../grammar/messages.js'
import { nasParser } from '../../../grammar/nas-parser.js'
import * as t from '../../../grammar/tokens.js'

/** What the parser makes of tokens. */
export interface ParsedTokens {
  /** The tokens that were parsed: a reserved word that was used as a name is an identifier here. */
  readonly tokens: readonly IToken[]
  readonly cst: Cst.FileCstNode
  readonly errors: readonly IRecognitionException[]
  /** The reserved words that something was to be called by, where it is declared. */
  readonly reserved: readonly IToken[]
}

export const reservedWords: ReadonlySet<unknown> = new Set(
  t.keywords.filter((entry) => entry.reserved).map((entry) => entry.token),
)
/** Words behind which the name of what they declare stands. */
const declaring: ReadonlySet<unknown> = new Set([
  t.Param,
  t.Let,
  t.Op,
  t.Cell,
  t.Space,
  t.Search,
  t.Settings,
  t.Architecture,
  t.Node,
  t.Stage,
])
/** A file is parsed again for every use of a word that is no name; further uses are left as they are. */
const mostUses = 50

/**
 * Parses tokens. A reserved word that something is called by is taken as its name, there and wherever the text can only be
 * read so: the mistake is reported once, and what is called by the word does not seem to be missing.
 */
export function parseTokens(tokens: readonly IToken[]): ParsedTokens {
  let current = attempt(tokens, [])
  const names = new Set<TokenType>()
  for (let uses = 0; uses < mostUses; uses++) {
    const next = declaredName(current, names) ?? usedName(current, names)
    if (next === undefined) return current
    current = next
  }
  return current
}

function attempt(tokens: readonly IToken[], reserved: readonly IToken[]): ParsedTokens {
  const parser = nasParser()
  parser.input = [...tokens]
  // The generated types describe what this production gives.
  const cst = parser.file() as unknown as Cst.FileCstNode
  return { tokens, cst, errors: [...parser.errors], reserved }
}

/** Reads a reserved word behind a word that declares something as its name, if the first error is of this kind. */
function declaredName(parsed: ParsedTokens, names: Set<TokenType>): ParsedTokens | undefined {
  const { tokens, reserved } = parsed
  const index = firstError(parsed)
  const token = tokens[index]
  const isExpected = parsed.errors.some((error) => error.token === token && error.message === wordOfType(t.Name))
  if (token === undefined || !isExpected || !reservedWords.has(token.tokenType)) return undefined
  if (!declaring.has(tokens[index - 1]?.tokenType)) return undefined
  names.add(token.tokenType)
  return attempt(withName(tokens, index), [...reserved, token])
}

/** Reads the last use of such a word up to the first error as a name, if the text can be read further then. */
function usedName(parsed: ParsedTokens, names: ReadonlySet<TokenType>): ParsedTokens | undefined {
  const { tokens, reserved } = parsed
  const error = firstError(parsed)
  if (names.size === 0 || parsed.errors.length === 0) return undefined
  const use = tokens.findLastIndex(({ tokenType }, index) => index <= error && names.has(tokenType))
  if (use < 0) return undefined
  const next = attempt(withName(tokens, use), reserved)
  return firstError(next) > error || next.errors.length === 0 ? next : undefined
}

/** The position of the first token that the parser stumbled over; behind all tokens at the end of the file. */
function firstError({ tokens, errors }: ParsedTokens): number {
  const at = errors.map(({ token }) => tokens.indexOf(token)).filter((index) => index >= 0)
  return at.length === 0 ? tokens.length : Math.min(...at)
}

function withName(tokens: readonly IToken[], index: number): readonly IToken[] {
  const tokenTypeIdx = t.Identifier.tokenTypeIdx ?? 0
  return tokens.map((token, at) => (at === index ? { ...token, tokenType: t.Identifier, tokenTypeIdx } : token))
}
