import pc from 'picocolors'
import { linesOf, type SourceText } from '../../text/source.js'
import type { Severity } from '../../../catalogue/index.js'
import type { Diagnostic } from '../diagnostic.js'
import { frameOf, lastLineOf, type Mark, type Paint } from './frame.js'
import type { SourceOf } from './sources.js'

export interface PrettyOptions {
  readonly colour: boolean
}

/** Diagnostics for people: message, marked lines of every file concerned, notes, help. Ends with a newline. */
export function renderPretty(diagnostics: readonly Diagnostic[], sourceOf: SourceOf, options: PrettyOptions): string {
  return diagnostics.map((diagnostic) => `${renderOne(diagnostic, sourceOf, options)}\n`).join('\n')
}

/** `2 errors, 1 warning` */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity, word: string): string[] => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
    return found === 0 ? [] : [`${found} ${word}${found === 1 ? '' : 's'}`]
  }
  return [...count('error', 'error'), ...count('warning', 'warning')].join(', ')
}

function renderOne(diagnostic: Diagnostic, sourceOf: SourceOf, options: PrettyOptions): string {
  const colours = pc.createColors(options.colour)
  const dress: Readonly<Record<Severity, (text: string) => string>> = {
    error: (text) => colours.bold(colours.red(text)),
    warning: (text) => colours.bold(colours.yellow(text)),
    information: (text) => colours.bold(colours.cyan(text)),
  }
  const gutter = (text: string): string => colours.blue(text)
  const paint: Paint = { gutter, primary: dress[diagnostic.severity], secondary: gutter }
  const { severity, code, message, file, span } = diagnostic

  const frames = framesOf(diagnostic, sourceOf)
  const digits = Math.max(1, ...frames.map(({ source, marks }) => String(lastLineOf(source, marks)).length))
  const margin = ' '.repeat(digits)

  const rows = [`${dress[severity](`${severity}[${code}]`)}${colours.bold(`: ${message}`)}`]
  if (sourceOf(file) === undefined) rows.push(`${margin}${gutter('-->')} ${file}`)
  for (const { source, marks } of frames) {
    const offset = source.path === file ? span.start : (marks[0]?.span.start ?? 0)
    const { line, column } = linesOf(source).positionAt(offset)
    const arrow = source.path === file ? '-->' : ':::'
    rows.push(`${margin}${gutter(arrow)} ${source.path}:${line + 1}:${column + 1}`)
    rows.push(...frameOf(source, marks, digits, paint))
  }
  const remarks = [
    ...diagnostic.notes.map((note) => `${colours.bold('note')}: ${note}`),
    ...(diagnostic.help === undefined ? [] : [`${colours.bold('help')}: ${diagnostic.help}`]),
  ]
  if (remarks.length > 0 && frames.length > 0) rows.push(gutter(`${margin} |`))
  for (const remark of remarks) rows.push(`${margin} ${gutter('=')} ${remark.replaceAll('\n', `\n${margin}   `)}`)
  return rows.join('\n')
}

/** What is marked in each file, the diagnostic's own file first. */
function framesOf(diagnostic: Diagnostic, sourceOf: SourceOf): { source: SourceText; marks: Mark[] }[] {
  const byFile = new Map<string, Mark[]>()
  byFile.set(diagnostic.file, [{ span: diagnostic.span, text: diagnostic.label ?? '', primary: true }])
  for (const { file, span, text } of diagnostic.labels) {
    const marks = byFile.get(file) ?? []
    marks.push({ span, text, primary: false })
    byFile.set(file, marks)
  }
  return [...byFile].flatMap(([file, marks]) => {
    const source = sourceOf(file)
    return source === undefined ? [] : [{ source, marks }]
  })
}
