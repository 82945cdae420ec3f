import type { TokenType } from 'chevrotain'
import { createToken, Lexer } from './chevrotain.js'
import {
  AdditiveOperator,
  ComparisonOperator,
  ComponentWord,
  Connective,
  Identifier,
  keywords,
  MultiplicativeOperator,
  Name,
  StagePropertyWord,
  symbol,
  Word,
} from './token-factory.js'

export * from './keywords.js'
export {
  AdditiveOperator,
  ComparisonOperator,
  ComponentWord,
  Connective,
  Identifier,
  keywords,
  MultiplicativeOperator,
  Name,
  StagePropertyWord,
  Word,
} from './token-factory.js'

/** `3`, `3_349_342`, `0.025`, `3e-4`, `6k`, `5M`, `1.5G`, `50%`. A `%` before an operand is the remainder. */
export const NumberLiteral = createToken({
  name: 'NumberLiteral',
  pattern: /\d(?:[\d_]*\d)?(?:\.\d(?:[\d_]*\d)?)?(?:[eE][+-]?\d+)?(?:[kMG](?![A-Za-z0-9_])|%(?![A-Za-z0-9_(]))?/,
  label: 'a number',
})
export const StringLiteral = createToken({
  name: 'StringLiteral',
  pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/,
  label: 'a string',
})
/** A string whose line ends before it does; taken as a string, and reported. */
export const UnclosedString = createToken({
  name: 'UnclosedString',
  pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*\\?/,
  label: 'a string',
  categories: [StringLiteral],
})

/** Comments leave the token stream and are kept beside it, in the order of the text. */
export const commentGroup = 'comments'
export const ModuleDoc = createToken({ name: 'ModuleDoc', pattern: /\/\/![^\r\n]*/, group: commentGroup })
export const DocComment = createToken({ name: 'DocComment', pattern: /\/\/\/[^\r\n]*/, group: commentGroup })
export const LineComment = createToken({ name: 'LineComment', pattern: /\/\/[^\r\n]*/, group: commentGroup })
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: /\/\*[\s\S]*?\*\//,
  group: commentGroup,
  line_breaks: true,
})
/** A block comment that runs to the end of the file; reported. */
export const UnclosedComment = createToken({
  name: 'UnclosedComment',
  pattern: /\/\*[\s\S]*/,
  group: commentGroup,
  line_breaks: true,
})
export const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
})

export const Arrow = symbol('Arrow', '->')
export const Dots = symbol('Dots', '..')
export const Dot = symbol('Dot', '.')
export const Comma = symbol('Comma', ',')
export const Semicolon = symbol('Semicolon', ';')
export const Colon = symbol('Colon', ':')
export const LeftBrace = symbol('LeftBrace', '{')
export const RightBrace = symbol('RightBrace', '}')
export const LeftParenthesis = symbol('LeftParenthesis', '(')
export const RightParenthesis = symbol('RightParenthesis', ')')
export const LeftBracket = symbol('LeftBracket', '[')
export const RightBracket = symbol('RightBracket', ']')
export const EqualTo = symbol('EqualTo', '==', [ComparisonOperator])
export const NotEqualTo = symbol('NotEqualTo', '!=', [ComparisonOperator])
export const AtMost = symbol('AtMost', '<=', [ComparisonOperator])
export const AtLeast = symbol('AtLeast', '>=', [ComparisonOperator])
export const Below = symbol('Below', '<', [ComparisonOperator])
export const Above = symbol('Above', '>', [ComparisonOperator])
export const Equals = symbol('Equals', '=')
export const Plus = symbol('Plus', '+', [AdditiveOperator])
export const Minus = symbol('Minus', '-', [AdditiveOperator])
export const Ampersand = symbol('Ampersand', '&', [AdditiveOperator])
export const Times = symbol('Times', '*', [MultiplicativeOperator])
export const Slash = symbol('Slash', '/', [MultiplicativeOperator])
export const Percent = symbol('Percent', '%', [MultiplicativeOperator])
export const Caret = symbol('Caret', '^')

/** All tokens in the order in which the lexer tries them: the longer of two that begin alike stands first. */
export const allTokens: TokenType[] = [
  WhiteSpace,
  ModuleDoc,
  DocComment,
  LineComment,
  BlockComment,
  UnclosedComment,
  // `one` before `on`: a keyword that begins like another one would be taken for a longer identifier.
  ...[...keywords].sort((a, b) => b.word.length - a.word.length).map((entry) => entry.token),
  Identifier,
  NumberLiteral,
  StringLiteral,
  UnclosedString,
  Arrow,
  Dots,
  Dot,
  Comma,
  Semicolon,
  Colon,
  LeftBrace,
  RightBrace,
  LeftParenthesis,
  RightParenthesis,
  LeftBracket,
  RightBracket,
  EqualTo,
  NotEqualTo,
  AtMost,
  AtLeast,
  Below,
  Above,
  Equals,
  Plus,
  Minus,
  Ampersand,
  Times,
  Slash,
  Percent,
  Caret,
  Word,
  Name,
  Connective,
  ComparisonOperator,
  AdditiveOperator,
  MultiplicativeOperator,
  StagePropertyWord,
  ComponentWord,
]
