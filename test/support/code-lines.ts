/** Lines that carry code in a `.nas` file: neither empty nor only a comment. */
export interface CodeLines {
  /** Lines of params, lets, operations, cells and spaces. */
  readonly space: number
  /** Lines of every search, by name; settings with a name belong to none. */
  readonly searches: Readonly<Record<string, number>>
}

export function codeLines(text: string): CodeLines {
  let space = 0
  let depth = 0
  let owner: string | undefined
  const searches: Record<string, number> = {}
  for (const raw of text.split('\n')) {
    const line = raw
      .replace(/"[^"]*"/g, '""')
      .replace(/\/\/.*$/, '')
      .trim()
    if (line === '') continue
    if (depth === 0) owner = /^(import|search|settings|architecture)\s+(\w+)?/.exec(line)?.slice(1, 3).join(' ')
    if (owner === undefined) space += 1
    else if (owner.startsWith('search ')) {
      const name = owner.slice('search '.length)
      searches[name] = (searches[name] ?? 0) + 1
    }
    depth += (line.match(/[{(]/g)?.length ?? 0) - (line.match(/[})]/g)?.length ?? 0)
  }
  return { space, searches }
}
