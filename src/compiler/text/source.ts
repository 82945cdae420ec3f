import { lineMapOf, type LineMap } from './line-map.js'

/** Half-open range of UTF-16 offsets into a text: `start` is in it, `end` is not. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A file of the program as it was read. `path` is what messages call it. */
export interface SourceText {
  readonly path: string
  readonly text: string
}

/** The smallest span that covers both. */
export function coverSpans(first: Span, second: Span): Span {
  return { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) }
}

export function sliceSpan(source: SourceText, span: Span): string {
  return source.text.slice(span.start, span.end)
}

const lineMaps = new WeakMap<SourceText, LineMap>()

/** The line map of a source, made once. */
export function linesOf(source: SourceText): LineMap {
  let map = lineMaps.get(source)
  if (map === undefined) {
    map = lineMapOf(source.text)
    lineMaps.set(source, map)
  }
  return map
}
