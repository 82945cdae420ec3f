const layers = /\.layer\[\d+\]/gu

/**
 * A decision's path without the layers of stages: `mb2.kernel` of `mb2.layer[1].kernel`. Whoever writes it speaks of the
 * decision of every layer.
 */
export function withoutLayers(path: string): string {
  return path.replace(layers, '')
}

/** `mb2.layer.kernel` of `mb2.layer[1].kernel`, which means the same as {@link withoutLayers}. */
export function withAnyLayer(path: string): string {
  return path.replace(layers, '.layer')
}

/** As a decision is bound in all layers at once: `mb2.kernel`; `mb2.layer` of `mb2.layer[1]`. */
export function inAllLayers(path: string): string {
  return withoutLayers(path.replace(/\.layer\[\d+\]$/u, '.layer'))
}

/** Number of the layer in which a decision is made, from 1. */
export function layerIn(path: string): number | undefined {
  const number = /(?:^|\.)layer\[(\d+)\]/u.exec(path)?.[1]
  return number === undefined ? undefined : Number(number)
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

/** The choice of an operation on the edge from a source that a choice of inputs may take: `normal.n2.from`, `s0` -> `normal.n2.through[s0]`. */
export function throughPath(from: string, source: string): string {
  return `${from.slice(0, -'from'.length)}through[${source}]`
}
