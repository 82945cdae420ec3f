/**
 * When it is time for another word on something that is heard of often.
 * @param first milliseconds of `clock` from the first call to the first word
 * @param then milliseconds between two words
 */
export function paced(first: number, then: number, clock: () => number): () => boolean {
  let next: number | undefined
  return () => {
    const now = clock()
    next ??= now + first
    if (now < next) return false
    next = now + then
    return true
  }
}
