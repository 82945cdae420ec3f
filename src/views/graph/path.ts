/** The parts of a path; dots inside of brackets do not cut: `s2[1].block[expand=0.75].conv` has three. */
export function partsOf(path: string, separator = '.'): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const character of path) {
    if (character === separator && depth === 0) {
      parts.push(part)
      part = ''
      continue
    }
    if (character === '(' || character === '[' || character === '{') depth += 1
    if (character === ')' || character === ']' || character === '}') depth -= 1
    part += character
  }
  return [...parts, part]
}

/** A part without the numbers and values that make it unique: `conv` of `conv[2]` and `conv[width=24]`. */
export function wordOf(part: string): string {
  return part.replace(/\[[^\]]*\]/g, '')
}

/** Names of the decisions whose values a part carries: `kernel`, `expand` of `mbconv[kernel=5,expand=6]`. */
export function valuesNamed(part: string): readonly string[] {
  return [...part.matchAll(/[[,]([\w.]+)=/g)].map((match) => match[1] ?? '')
}
