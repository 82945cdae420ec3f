import type { IProduction, Rule, TokenType } from 'chevrotain'
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
  tokenLabel,
} from '../chevrotain.js'
import * as t from '../tokens.js'

/** The grammar for people: one production per rule, then what the classes of tokens stand for. */
export function ebnfOf(rules: Readonly<Record<string, Rule>>): string {
  const lines = [
    '(* The grammar of .nas. Generated from grammar/productions by grammar/generate.ts: do not edit.',
    '   { a } any number of times, [ a ] perhaps, a | b either. Newlines mean nothing, except that the parts of a phrase',
    '   stand on one line. Comments: // to the end of the line, /* */; documentation: /// for what follows, //! for the file. *)',
    '',
  ]
  const named = Object.entries(rules).filter(([name]) => name !== 'file')
  for (const [name, rule] of [...Object.entries(rules).filter(([name]) => name === 'file'), ...named]) {
    const [only, ...more] = rule.definition
    const body =
      only instanceof Alternation && more.length === 0 ? branches(only.definition) : sequence(rule.definition)
    lines.push(`${name} = ${body.trimEnd()} ;`)
  }
  lines.push('')
  for (const category of [
    t.Connective,
    t.ComparisonOperator,
    t.AdditiveOperator,
    t.MultiplicativeOperator,
    t.StagePropertyWord,
    t.ComponentWord,
  ]) {
    lines.push(`${category.name} = ${membersOf(category).join(' | ')} ;`)
  }
  const reserved = t.keywords.filter((entry) => entry.reserved).map((entry) => entry.word)
  lines.push(
    'Identifier = letter or "_", then letters, digits and "_" ;',
    `Word = Identifier | any keyword ;`,
    `Name = Identifier | any keyword but ${reserved.sort().join(', ')} ;`,
    'NumberLiteral = 3, 3_349_342, 0.025, 3e-4, 6k, 5M, 1.5G, 50% ;',
    'StringLiteral = "…" on one line ;',
    '',
  )
  return lines.join('\n')
}

function membersOf(category: TokenType): string[] {
  return t.allTokens
    .filter((type) => type.CATEGORIES?.includes(category) === true)
    .map((type) => quoted(type))
    .sort()
}

function quoted(type: TokenType): string {
  return typeof type.PATTERN === 'string' ? `"${type.PATTERN}"` : type.name
}

function sequence(parts: readonly IProduction[]): string {
  return parts.map(term).join(' ')
}

function branches(alternatives: readonly IProduction[]): string {
  return alternatives.map((branch) => (branch instanceof Alternative ? sequence(branch.definition) : '')).join(' | ')
}

function term(part: IProduction): string {
  if (part instanceof NonTerminal) return part.nonTerminalName
  if (part instanceof Terminal) {
    return part.terminalType.name === 'EOF' ? '' : quoted(part.terminalType)
  }
  if (part instanceof Option) return `[ ${sequence(part.definition)} ]`
  if (part instanceof Repetition) return `{ ${sequence(part.definition)} }`
  if (part instanceof RepetitionMandatory) return `${sequence(part.definition)} { ${sequence(part.definition)} }`
  if (part instanceof RepetitionMandatoryWithSeparator || part instanceof RepetitionWithSeparator) {
    const item = sequence(part.definition)
    const list = `${item} { ${tokenLabel(part.separator).replaceAll('`', '"')} ${item} }`
    return part instanceof RepetitionWithSeparator ? `[ ${list} ]` : list
  }
  if (part instanceof Alternation) return `( ${branches(part.definition)} )`
  throw new Error(`the grammar contains an element that the EBNF does not know: ${part.constructor.name}`)
}
