import type { IParserErrorMessageProvider, TokenType } from 'chevrotain'
import { EOF, tokenLabel } from './chevrotain.js'

/** What a production is called in a message where any of several things can stand. */
const nouns: Readonly<Record<string, string>> = {
  file: 'a declaration',
  declaration: 'a declaration',
  importDeclaration: 'names or a module',
  importNames: 'names to import',
  moduleReference: 'a module: `std:NAME` or a path in quotes',
  ternary: 'an expression',
  primary: 'an expression',
  phrasePart: 'an expression',
  postfixStep: 'a field, arguments or an index',
  pathStep: 'a field or an index',
  set: 'the items of a set',
  spaceDeclaration: '`{` or `=`',
  settingsOrName: '`{` or the name of settings',
}

/** How a token type is called in a message. */
export function wordOfType(type: TokenType): string {
  return type === EOF ? 'the end of the file' : tokenLabel(type)
}

/** `a, b or c` */
export function alternatives(words: readonly string[]): string {
  const unique = [...new Set(words)]
  const last = unique.at(-1) ?? ''
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(', ')} or ${last}`
}

function wordsOfPaths(paths: readonly (readonly TokenType[])[], ruleName: string): string {
  const noun = nouns[ruleName]
  if (noun !== undefined) return noun
  return alternatives(paths.flatMap((path) => path.slice(0, 1)).map(wordOfType))
}

/**
 * The parser's errors carry only what was expected, in words; what was found and where is in their token, and the
 * sentence is made by the catalogue of diagnostics.
 */
export const wordsOfErrors: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => (expected === EOF ? 'a declaration' : wordOfType(expected)),
  buildNotAllInputParsedMessage: () => 'a declaration',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName }) => wordsOfPaths(expectedPathsPerAlt.flat(), ruleName),
  buildEarlyExitMessage: ({ expectedIterationPaths, ruleName }) => wordsOfPaths(expectedIterationPaths, ruleName),
}
