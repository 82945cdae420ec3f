/** A function that computes each value once. */
export function memoize<T extends string | number | boolean | object>(create: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const created = create(key)
    known.set(key, created)
    return created
  }
}
