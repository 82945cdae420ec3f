/**
 * A decision's path without the layers of stages: `mb2.kernel` of `mb2.layer[1].kernel`. Whoever writes it speaks of the
 * decision of every layer.
 */
export function withoutLayers(path: string): string {
  return path.replace(/\.layer\[\d+\]/gu, '')
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
