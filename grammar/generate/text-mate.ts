import { keywords, type KeywordGroup } from '../token-factory.js'
import * as t from '../tokens.js'

const scopes: Readonly<Record<KeywordGroup, string>> = {
  declaration: 'keyword.declaration.nas',
  member: 'keyword.other.member.nas',
  clause: 'keyword.other.clause.nas',
  operator: 'keyword.operator.word.nas',
  literal: 'constant.language.nas',
}

/** Highlighting for editors that read TextMate grammars. */
export function textMateGrammar(): string {
  const groups = Object.entries(scopes).map(([group, scope]) => ({
    name: scope,
    // `x` is a keyword in one place only and a usual name everywhere else.
    match: `\\b(?:${keywords
      .filter((entry) => entry.group === group && entry.word !== 'x')
      .map((entry) => entry.word)
      .sort()
      .join('|')})\\b(?!\\s*:)`,
  }))
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'nas',
    scopeName: 'source.nas',
    fileTypes: ['nas'],
    patterns: [
      { name: 'comment.line.documentation.nas', match: '//[/!].*$' },
      { name: 'comment.line.double-slash.nas', match: '//.*$' },
      { name: 'comment.block.nas', begin: '/\\*', end: '\\*/' },
      { name: 'string.quoted.double.nas', match: patternOf(t.StringLiteral) },
      { name: 'constant.numeric.nas', match: `\\b${patternOf(t.NumberLiteral)}` },
      {
        match: '\\b(op|cell|space|search|architecture|param|let)\\s+([A-Za-z_][A-Za-z0-9_]*)',
        captures: { 1: { name: scopes.declaration }, 2: { name: 'entity.name.type.nas' } },
      },
      ...groups,
      { name: 'entity.name.function.nas', match: '\\b[A-Za-z_][A-Za-z0-9_]*(?=\\()' },
      { name: 'variable.parameter.nas', match: '\\b[A-Za-z_][A-Za-z0-9_]*(?=\\s*:)' },
      { name: 'keyword.operator.nas', match: '->|\\.\\.|[<>=!]=|[-+*/%&^<>=]' },
    ],
  }
  return JSON.stringify(grammar, undefined, 2) + '\n'
}

function patternOf(type: { readonly PATTERN?: unknown }): string {
  if (!(type.PATTERN instanceof RegExp)) throw new Error('highlighting needs a token with a regular expression')
  return type.PATTERN.source
}
