/**
 * A decision's path without the layers of stages: `mb2.kernel` of `mb2.layer[1].kernel`. Whoever writes it speaks of the
 * decision of every layer.
 */
export function withoutLayers(path: string): string {
  return path.replace(/\.layer\[\d+\]/gu, '')
}

/** A text as it stands in a path: without blanks, except between words. */
export function withoutBlanks(text: string): string {
  return text.replace(/(?<=\w)\s+(?=\w)/gu, ' ').replace(/(?<!\w)\s+|\s+(?!\w)/gu, '')
}

/** The parts of a path: split at dots outside of brackets. */
export function pathSegments(path: string): readonly string[] {
  const segments: string[] = []
  let depth = 0
  let current = ''
  for (const character of path) {
    if (character === '(' || character === '[') depth += 1
    if (character === ')' || character === ']') depth -= 1
    if (character === '.' && depth === 0) {
      segments.push(current)
      current = ''
    } else current += character
  }
  return [...segments, current]
}
