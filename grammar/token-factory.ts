import type { TokenType } from 'chevrotain'
import { createToken, Lexer } from './chevrotain.js'

/**
 * Anything that is spelled like a name: identifiers and all keywords. It can stand where no expression can begin: as a
 * label of an argument, behind a dot, as a type.
 */
export const Word = createToken({ name: 'Word', pattern: Lexer.NA, label: 'a name' })

/** What can be a name everywhere: identifiers and the keywords that are not reserved. */
export const Name = createToken({ name: 'Name', pattern: Lexer.NA, label: 'a name', categories: [Word] })

export const Identifier = createToken({
  name: 'Identifier',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  label: 'a name',
  categories: [Name],
})

/** Words that tie further parts to an expression in arguments, clauses and settings: `best of 3 by batch_loss`. */
export const Connective = createToken({ name: 'Connective', pattern: Lexer.NA, label: 'a connecting word' })
export const ComparisonOperator = createToken({ name: 'ComparisonOperator', pattern: Lexer.NA, label: 'a comparison' })
export const AdditiveOperator = createToken({ name: 'AdditiveOperator', pattern: Lexer.NA, label: '`+` or `-`' })
export const MultiplicativeOperator = createToken({
  name: 'MultiplicativeOperator',
  pattern: Lexer.NA,
  label: '`*` or `/`',
})
export const StagePropertyWord = createToken({ name: 'StagePropertyWord', pattern: Lexer.NA, label: 'a property' })
export const ComponentWord = createToken({ name: 'ComponentWord', pattern: Lexer.NA, label: 'a clause' })

/** What groups keywords in the documentation and in the highlighting. */
export type KeywordGroup = 'declaration' | 'member' | 'clause' | 'operator' | 'literal'

export interface Keyword {
  readonly word: string
  readonly token: TokenType
  /** It cannot be the name of anything. */
  readonly reserved: boolean
  readonly group: KeywordGroup
  /** One line for hovers and the keyword list. */
  readonly doc: string
}

const made: Keyword[] = []

/** Every keyword in the order of its making. */
export const keywords: readonly Keyword[] = made

interface KeywordOptions {
  readonly reserved?: true
  readonly categories?: readonly TokenType[]
}

/** The only place where keywords are made: a longer name wins, and only reserved ones cannot be names. */
export function keyword(word: string, group: KeywordGroup, doc: string, options: KeywordOptions = {}): TokenType {
  const reserved = options.reserved ?? false
  const token = createToken({
    name: word.charAt(0).toUpperCase() + word.slice(1),
    pattern: word,
    label: `\`${word}\``,
    longer_alt: Identifier,
    categories: [reserved ? Word : Name, ...(options.categories ?? [])],
  })
  made.push({ word, token, reserved, group, doc })
  return token
}

/** A token that is always spelled the same way. */
export function symbol(name: string, text: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\``, categories })
}
