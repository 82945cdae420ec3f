import type { CstElement, CstNode, IToken } from 'chevrotain'
import { nasLexer } from '../../../grammar/lexer.js'
import { nasParser } from '../../../grammar/nas-parser.js'
import { parse } from '../../compiler/syntax/parse.js'
import type { SourceText } from '../../compiler/text/source.js'

/** One token a line: place, type, text. */
export function printTokens(source: SourceText): string {
  const line = ({ startLine, startColumn, tokenType, image }: IToken): string =>
    `${startLine ?? 0}:${startColumn ?? 0}`.padEnd(9) + tokenType.name.padEnd(20) + JSON.stringify(image)
  return `${nasLexer.tokenize(source.text).tokens.map(line).join('\n')}\n`
}

/** The concrete syntax tree, indented: productions by name, tokens as they are written. */
export function printConcreteTree(source: SourceText): string {
  const parser = nasParser()
  parser.input = nasLexer.tokenize(source.text).tokens
  const lines: string[] = []
  write(parser.file(), 0, lines)
  return `${lines.join('\n')}\n`
}

function write(node: CstNode, depth: number, lines: string[]): void {
  lines.push(`${'  '.repeat(depth)}${node.name}`)
  const children: CstElement[] = Object.values(node.children).flat()
  for (const child of children.sort((a, b) => startOf(a) - startOf(b))) {
    if ('image' in child) lines.push(`${'  '.repeat(depth + 1)}${JSON.stringify(child.image)}`)
    else write(child, depth + 1, lines)
  }
}

function startOf(element: CstElement): number {
  return ('image' in element ? element.startOffset : element.location?.startOffset) ?? 0
}

/** The abstract syntax tree as JSON. */
export function printSyntaxTree(source: SourceText): string {
  return `${JSON.stringify(parse(source).value, undefined, 2)}\n`
}
