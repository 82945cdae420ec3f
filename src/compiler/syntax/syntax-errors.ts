import type { IRecognitionException, IToken } from 'chevrotain'
import { firstWords } from '../../../grammar/first-words.js'
import { alternatives, wordOfType } from '../../../grammar/messages.js'
import * as t from '../../../grammar/tokens.js'
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js'
import type { Report } from '../diagnostics/report.js'
import { suggest } from '../diagnostics/suggest.js'
import { linesOf, type SourceText } from '../text/source.js'
import { spanOfToken } from './build/common.js'
import { isCloser, openBracket } from './nesting.js'

/** How many syntax errors of one file are shown. */
const mostErrors = 20

/** Productions with members: what the whole is called, and the productions of what may stand in it. */
const containers: Readonly<Record<string, { readonly called: string; readonly members: readonly string[] }>> = {
  file: { called: 'a module', members: ['importDeclaration', 'declaration'] },
  externDeclaration: { called: 'a primitive', members: ['externRule'] },
  cellDeclaration: { called: 'a cell', members: ['cellItem'] },
  nodeItem: { called: 'a node', members: ['nodeClause'] },
  spaceDeclaration: { called: 'a space', members: ['spaceItem'] },
  network: { called: 'a network', members: ['networkItem'] },
  stageItem: { called: 'a stage', members: ['stageMember'] },
}

const reservedWords: ReadonlySet<unknown> = new Set(
  t.keywords.filter((entry) => entry.reserved).map((entry) => entry.token),
)
/** Words that begin a declaration: where one stands, what came before was left open. */
const declarationWords: ReadonlySet<unknown> = new Set(
  t.keywords.filter((entry) => entry.reserved && entry.group === 'declaration').map((entry) => entry.token),
)
const closingWords: readonly string[] = [t.RightBrace, t.RightParenthesis, t.RightBracket].map(wordOfType)

/**
 * Turns what the parser says into diagnostics, one per line: what it says further on in a line, while it finds its way
 * again, echoes the first mistake there.
 */
export function reportSyntaxErrors(
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  source: SourceText,
  report: Report,
): void {
  const lineOf = (diagnostic: Diagnostic): number => linesOf(source).positionAt(diagnostic.span.start).line
  const taken = new Set(report.diagnostics.map(lineOf))
  const found: Diagnostic[] = []
  for (const error of errors) {
    const diagnostic = explain(error, tokens, source)
    const line = lineOf(diagnostic)
    if (taken.has(line)) continue
    taken.add(line)
    found.push(diagnostic)
  }
  report.include(found.slice(0, mostErrors))
  const first = found[mostErrors]
  if (first !== undefined) report.add('too-many-errors', first, { count: found.length - mostErrors })
}

function explain(error: IRecognitionException, tokens: readonly IToken[], source: SourceText): Diagnostic {
  const file = source.path
  const { token, message: expected } = error
  const rule = error.context.ruleStack.at(-1) ?? ''
  const isEnd = !tokens.includes(token)
  const index = isEnd ? tokens.length : tokens.indexOf(token)
  const previous = tokens[index - 1]
  const end = previous === undefined ? 0 : spanOfToken(previous).end
  const location = { file, span: isEnd ? { start: end, end } : spanOfToken(token) }
  const found = isEnd ? 'the end of the file' : `\`${token.image}\``

  if (rule === 'architectureBody' && token.tokenType === t.Colon) {
    const help = 'Edges are written like sep_conv(3) of s0; a semicolon stands between two nodes.'
    return createDiagnostic(
      'unexpected-token',
      location,
      { expected: '`of` and the source of the edge', found },
      { help },
    )
  }
  const container = containers[rule]
  const missesCloser = closingWords.includes(expected)
  if (container !== undefined && (missesCloser || rule === 'file') && isMisplacedWord(token, isEnd)) {
    const members = container.members.flatMap(firstWords)
    const near = suggest(token.image, members, location)
    const values = { found, container: container.called, members: alternatives(members) }
    return createDiagnostic('unknown-member', location, values, near.help === undefined ? {} : near)
  }
  const opening = missesCloser ? openBracket(tokens, index) : undefined
  if (opening !== undefined) {
    const label = { file, span: spanOfToken(opening), text: 'opened here' }
    const values = { expected, opening: `\`${opening.image}\``, found }
    return createDiagnostic('unclosed-bracket', location, values, { labels: [label] })
  }
  if (
    previous !== undefined &&
    !missesCloser &&
    rule !== 'file' &&
    (isEnd || token.startLine !== previous.endLine || isCloser(token))
  ) {
    const values = { expected, before: `\`${previous.image}\``, found }
    return createDiagnostic('nothing-after', { file, span: spanOfToken(previous) }, values)
  }
  if (expected === wordOfType(t.Name) && reservedWords.has(token.tokenType)) {
    return createDiagnostic('reserved-word', location, { word: found })
  }
  const slug = error.name === 'NoViableAltException' ? 'no-alternative' : 'unexpected-token'
  return createDiagnostic(slug, location, { expected, found })
}

/** A word that begins nothing known, where a member could begin. */
function isMisplacedWord(token: IToken, isEnd: boolean): boolean {
  return !isEnd && /^[A-Za-z_]/.test(token.image) && !declarationWords.has(token.tokenType)
}
