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
import { reservedWords } from './reserved-names.js'

/** How many syntax errors of one file are shown. */
const mostErrors = 20

interface Container {
  /** What the whole is called. */
  readonly called: string
  /** The productions of what may stand in it. */
  readonly members: readonly string[]
  /** How it is written. */
  readonly form?: string
  /** How what has a name of the author's own is written in it. */
  readonly named?: string
}

/** Productions with members. */
const containers: Readonly<Record<string, Container>> = {
  file: { called: 'a module', members: ['importDeclaration', 'declaration'] },
  externDeclaration: { called: 'a primitive', members: ['externRule'] },
  cellDeclaration: {
    called: 'a cell',
    members: ['cellItem'],
    form: 'cell c(s0, s1) { node n { … }; output n }',
    named: 'node {name} { from …; through … }',
  },
  nodeItem: { called: 'a node', members: ['nodeClause'], form: 'node n { from …; through … }' },
  spaceDeclaration: { called: 'a space', members: ['spaceItem'] },
  network: {
    called: 'a network',
    members: ['networkItem'],
    form: 'network { stem …; stage s { … }; head … }',
    named: 'stage {name} { width …; layer … }',
  },
  stageItem: { called: 'a stage', members: ['stageMember'], form: 'stage s { width …; layer … }' },
}

/** Words that begin a declaration: where one stands, what came before was left open. */
const declarationWords: ReadonlySet<unknown> = new Set(
  t.keywords.filter((entry) => entry.reserved && entry.group === 'declaration').map((entry) => entry.token),
)
const closingWords: readonly string[] = [t.RightBrace, t.RightParenthesis, t.RightBracket].map(wordOfType)

/**
 * Turns what the parser says into diagnostics, one per line: what it says further on in a line, while it finds its way
 * again, follows from the first mistake there.
 */
export function reportSyntaxErrors(
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
  source: SourceText,
  report: Report,
): void {
  const lineAt = (offset: number): number => linesOf(source).positionAt(offset).line
  const lineOf = (diagnostic: Diagnostic): number => lineAt(diagnostic.span.start)
  const taken = new Set<number>()
  for (const { span } of report.diagnostics)
    for (let line = lineAt(span.start); line <= lineAt(span.end); line++) taken.add(line)
  const found: Diagnostic[] = []
  for (const error of withoutMissingEnds(errors)) {
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

/** What was not opened is not closed either: of a whole without its `{`, the missing `}` is not reported. */
function withoutMissingEnds(errors: readonly IRecognitionException[]): readonly IRecognitionException[] {
  const unopened = new Set<string>()
  return errors.filter((error) => {
    const rule = ruleOf(error)
    if (containers[rule] === undefined) return true
    if (error.message === wordOfType(t.LeftBrace)) unopened.add(rule)
    return error.message !== wordOfType(t.RightBrace) || !unopened.delete(rule)
  })
}

function ruleOf(error: IRecognitionException): string {
  return error.context.ruleStack.at(-1) ?? ''
}

function explain(error: IRecognitionException, tokens: readonly IToken[], source: SourceText): Diagnostic {
  const file = source.path
  const { token, message: expected } = error
  const rule = ruleOf(error)
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
    if (near.help !== undefined) return createDiagnostic('unknown-member', location, values, near)
    const named = container.named === undefined ? undefined : `\`${container.named.replace('{name}', token.image)}\``
    const notes = named === undefined ? [] : [`what has a name is written with the word for it: ${named}`]
    return createDiagnostic('unknown-member', location, values, { notes })
  }
  if (container?.form !== undefined && expected === wordOfType(t.LeftBrace)) {
    const help = `What belongs to ${container.called} stands in braces: \`${container.form}\`.`
    return createDiagnostic('unexpected-token', location, { expected, found }, { help })
  }
  const opening = missesCloser ? openBracket(tokens, index) : undefined
  if (opening !== undefined && opening === previous && container === undefined && !mayFollow(token, isEnd)) {
    return createDiagnostic('no-alternative', location, { expected: `an expression or ${expected}`, found })
  }
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

/** Whether it may stand behind a bracket that was left open: an operator or a comma misses its operand instead. */
function mayFollow(token: IToken, isEnd: boolean): boolean {
  return isEnd || isCloser(token) || /^[A-Za-z_]/.test(token.image)
}
