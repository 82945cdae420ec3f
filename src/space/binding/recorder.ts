/** Records what happens while a function runs; recordings may stand inside of each other. */
export interface Recorder<T> {
  /** Adds to the innermost recording, if there is one. */
  add(item: T): void
  record<V>(run: () => V): { readonly value: V; readonly items: readonly T[] }
}

/** @param hands whether what an inner recording holds is also a part of the one around it */
export function createRecorder<T>(hands: 'inner only' | 'on to the outer'): Recorder<T> {
  let current: T[] | undefined
  return {
    add(item) {
      current?.push(item)
    },
    record(run) {
      const outer = current
      const items: T[] = []
      current = items
      try {
        return { value: run(), items }
      } finally {
        current = outer
        if (hands === 'on to the outer') outer?.push(...items)
      }
    },
  }
}
