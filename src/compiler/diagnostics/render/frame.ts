import { linesOf, type SourceText, type Span } from '../../text/source.js'

/** A stretch of a text to be marked, with what stands beside the mark. */
export interface Mark {
  readonly span: Span
  readonly text: string
  readonly primary: boolean
}

/** How the parts of a frame are dressed; the identity where there is no colour. */
export interface Paint {
  readonly gutter: (text: string) => string
  readonly primary: (text: string) => string
  readonly secondary: (text: string) => string
}

/** A mark cut down to one line, in columns of the text. */
interface LineMark {
  readonly line: number
  readonly from: number
  readonly to: number
  readonly mark: Mark
}

/** Longest stretch of a line that is shown; beyond it the line is cut around its first mark. */
const widest = 150

/** The marked lines of a source, each with its marks below. `digits` is the width of the line numbers. */
export function frameOf(source: SourceText, marks: readonly Mark[], digits: number, paint: Paint): string[] {
  const lineMarks = marks.map((mark) => lineMarkOf(source, mark))
  const lines = [...new Set(lineMarks.map((mark) => mark.line))].sort((a, b) => a - b)
  const blank = paint.gutter(`${' '.repeat(digits)} |`)
  const rows = [blank]
  let previous: number | undefined
  for (const line of lines) {
    if (previous !== undefined && line > previous + 1) rows.push(paint.gutter('...'))
    previous = line
    const here = lineMarks.filter((mark) => mark.line === line).sort((a, b) => a.from - b.from || a.to - b.to)
    rows.push(...lineRows(source, line, here, digits, paint, blank))
  }
  return rows
}

/** The greatest line number that a frame of these marks shows. */
export function lastLineOf(source: SourceText, marks: readonly Mark[]): number {
  return Math.max(...marks.map((mark) => linesOf(source).positionAt(mark.span.start).line + 1))
}

/** Of a stretch over several lines the first one is shown. */
function lineMarkOf(source: SourceText, mark: Mark): LineMark {
  const lines = linesOf(source)
  const start = Math.min(Math.max(mark.span.start, 0), source.text.length)
  const { line, column } = lines.positionAt(start)
  const lineEnd = lines.endOf(line) - lines.startOf(line)
  const from = Math.min(column, lineEnd)
  const to = Math.min(lines.startOf(line) + lineEnd, mark.span.end) - lines.startOf(line)
  return { line, from, to: Math.max(from, to), mark }
}

function lineRows(
  source: SourceText,
  line: number,
  marks: readonly LineMark[],
  digits: number,
  paint: Paint,
  blank: string,
): string[] {
  const lines = linesOf(source)
  const text = source.text.slice(lines.startOf(line), lines.endOf(line))
  const first = marks[0]?.from ?? 0
  const left = text.length <= widest ? 0 : Math.max(0, Math.min(first - 40, text.length - widest))
  const right = Math.min(text.length, left + widest)
  const shown = (left > 0 ? '…' : '') + visible(text.slice(left, right)) + (right < text.length ? '…' : '')
  const number = paint.gutter(`${String(line + 1).padStart(digits)} |`)
  const rows = [shown === '' ? number : `${number} ${shown}`]
  for (const { from, to, mark } of marks) {
    const before = (left > 0 ? 1 : 0) + visible(text.slice(left, Math.max(left, Math.min(from, right)))).length
    const width = visible(text.slice(Math.max(left, Math.min(from, right)), Math.max(left, Math.min(to, right)))).length
    const sign = (mark.primary ? '^' : '-').repeat(Math.max(1, width))
    const dress = mark.primary ? paint.primary : paint.secondary
    rows.push(`${blank} ${' '.repeat(before)}${dress(mark.text === '' ? sign : `${sign} ${mark.text}`)}`)
  }
  return rows
}

/** Tabs as four spaces, other control characters as a mark of their own, so that what stands below stands right. */
function visible(text: string): string {
  return text.replaceAll('\t', '    ').replace(/[\u0000-\u001f\u007f-\u009f\ufeff]/g, '\ufffd')
}
