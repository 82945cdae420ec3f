import type { IProduction, TokenType } from 'chevrotain'
import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
} from './chevrotain.js'
import { nasParser } from './nas-parser.js'
import { allTokens } from './tokens.js'

const known = new Map<string, readonly string[]>()

/** The keywords that a production can begin with, in the order of the grammar. */
export function firstWords(rule: string): readonly string[] {
  let words = known.get(rule)
  if (words === undefined) {
    const types = nasParser().getGAstProductions()[rule]?.definition ?? []
    words = [...new Set(firstOf(types).flatMap(spellings))]
    known.set(rule, words)
  }
  return words
}

function firstOf(sequence: readonly IProduction[]): TokenType[] {
  const found: TokenType[] = []
  for (const part of sequence) {
    if (part instanceof Terminal) return [...found, part.terminalType]
    if (part instanceof NonTerminal) return [...found, ...firstOf(part.referencedRule.definition)]
    if (part instanceof Alternation || part instanceof Alternative) {
      const branches = part instanceof Alternation ? part.definition : [part]
      return [
        ...found,
        ...branches.flatMap((branch) => (branch instanceof Alternative ? firstOf(branch.definition) : [])),
      ]
    }
    const optional = part instanceof Option || part instanceof Repetition || part instanceof RepetitionWithSeparator
    const mandatory = part instanceof RepetitionMandatory || part instanceof RepetitionMandatoryWithSeparator
    if (optional || mandatory) found.push(...firstOf(part.definition))
    if (mandatory) return found
  }
  return found
}

/** The words of a keyword, or of the keywords in a category; names and symbols have none. */
function spellings(type: TokenType): string[] {
  const types = [type, ...allTokens.filter((other) => other.CATEGORIES?.includes(type) === true)]
  if (type.name === 'Name' || type.name === 'Word') return []
  return types.flatMap(({ PATTERN }) => (typeof PATTERN === 'string' && /^[a-z]+$/.test(PATTERN) ? [PATTERN] : []))
}
