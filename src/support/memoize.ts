/** A function that computes the value of every pair once, as long as both of it live. */
export function memoizePairs<A extends object, B extends object, T extends boolean | object>(
  create: (first: A, second: B) => T,
): (first: A, second: B) => T {
  const known = new WeakMap<A, WeakMap<B, T>>()
  return (first, second) => {
    const own = known.get(first) ?? new WeakMap<B, T>()
    known.set(first, own)
    const value = own.get(second) ?? create(first, second)
    own.set(second, value)
    return value
  }
}

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
