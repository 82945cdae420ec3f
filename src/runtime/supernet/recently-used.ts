/** Things that are kept as long as there is room for them; the one that was not asked for longest goes first. */
export interface RecentlyUsed<T> {
  /** Marks it as used. */
  get(key: string): T | undefined
  /** Adds it as the last used and lets others go, never it or the one that was used before it. */
  add(key: string, thing: T, size: number): void
  clear(): void
}

/**
 * @param room sum of sizes that is kept
 * @param release is told what goes
 */
export function openRecentlyUsed<T>(room: number, release: (thing: T) => void): RecentlyUsed<T> {
  // In order of use: a map keeps the order in which its keys came.
  const kept = new Map<string, { readonly thing: T; readonly size: number }>()
  let total = 0
  const remove = (key: string): void => {
    const found = kept.get(key)
    if (found === undefined) return
    kept.delete(key)
    total -= found.size
    release(found.thing)
  }
  return {
    get(key) {
      const found = kept.get(key)
      if (found === undefined) return undefined
      kept.delete(key)
      kept.set(key, found)
      return found.thing
    },
    add(key, thing, size) {
      remove(key)
      kept.set(key, { thing, size })
      total += size
      for (const oldest of [...kept.keys()].slice(0, -2)) {
        if (total <= room) break
        remove(oldest)
      }
    },
    clear() {
      for (const key of [...kept.keys()]) remove(key)
    },
  }
}
