/** Line and column, both from 0; a column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where the lines of a text start; `\n`, `\r\n` and a lone `\r` end one. */
export interface LineMap {
  readonly lineCount: number
  /** Offset of the first character of a line. */
  startOf(line: number): number
  /** Offset just behind the last character of a line, before its line ending. */
  endOf(line: number): number
  positionAt(offset: number): Position
}

export function lineMapOf(text: string): LineMap {
  const starts = [0]
  const ends: number[] = []
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    ends.push(match.index)
    starts.push(match.index + match[0].length)
  }
  ends.push(text.length)
  return {
    lineCount: starts.length,
    startOf: (line) => starts[line] ?? text.length,
    endOf: (line) => ends[line] ?? text.length,
    positionAt(offset) {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle - 1
      }
      return { line: low, column: offset - (starts[low] ?? 0) }
    },
  }
}
