/**
 * Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions, substitutions
 * and swaps of neighbours, each counting 1.
 */
export function editDistance(left: string, right: string): number {
  const width = right.length + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: width }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column < width; column++) {
      const same = left[row - 1] === right[column - 1]
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) best = Math.min(best, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.length] ?? left.length
}

/** At most three of the candidates that are near the name, nearest first: what was probably meant. */
export function nearNames(name: string, candidates: Iterable<string>): string[] {
  if (name === '') return []
  const folded = fold(name)
  const limit = Math.max(1, Math.floor(folded.length * 0.4))
  const found: { candidate: string; distance: number }[] = []
  for (const candidate of new Set(candidates)) {
    if (candidate === name || candidate === '') continue
    const other = fold(candidate)
    if (Math.abs(other.length - folded.length) > limit) continue
    const distance = editDistance(folded, other)
    if (distance <= limit) found.push({ candidate, distance })
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
  return found.slice(0, 3).map((entry) => entry.candidate)
}

/** ``Did you mean `name`? `` with a space behind it, or nothing: to stand before the rest of a help. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : `Did you mean \`${name}\`? `
}

/** Case and underscores make no difference to what a name was meant to be. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}
