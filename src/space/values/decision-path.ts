/**
 * A decision's path without the layers of stages: `mb2.kernel` of `mb2.layer[1].kernel`. Whoever writes it speaks of the
 * decision of every layer.
 */
export function withoutLayers(path: string): string {
  return path.replace(/\.layer\[\d+\]/gu, '')
}

/** A text as it stands in a path: without blanks, except between words and in quotes. */
export function withoutBlanks(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*")|((?<=\w)\s+(?=\w))|\s+/gu,
    (_, quoted?: string, between?: string) => quoted ?? (between === undefined ? '' : ' '),
  )
}

/** The parts of a path: split at dots outside of brackets and quotes. */
export function pathSegments(path: string): readonly string[] {
  const segments: string[] = []
  let depth = 0
  let current = ''
  for (const [piece] of path.matchAll(/"(?:[^"\\]|\\.)*"|[^]/gu)) {
    if (piece === '(' || piece === '[') depth += 1
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === '.' && depth === 0) {
      segments.push(current)
      current = ''
    } else current += piece
  }
  return [...segments, current]
}
