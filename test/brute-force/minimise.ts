/**
 * The shortest and smallest draws on which something still fails, as far as it is found by leaving parts out and making numbers
 * smaller (delta debugging on the choices of a generator, as in Hypothesis).
 *
 * @param most how often `fails` is asked
 */
export function minimisedDraws(
  taken: readonly number[],
  fails: (draws: readonly number[]) => boolean,
  most = 400,
): readonly number[] {
  let best = taken
  let left = most
  const isBetter = (candidate: readonly number[]): boolean => {
    if (left <= 0 || candidate.join() === best.join()) return false
    left -= 1
    if (!fails(candidate)) return false
    best = candidate
    return true
  }
  for (let before = ''; before !== best.join() && left > 0;) {
    before = best.join()
    for (let length = Math.ceil(best.length / 2); length >= 1; length = Math.floor(length / 2)) {
      for (let at = best.length - length; at >= 0; at--) {
        if (!isBetter([...best.slice(0, at), ...best.slice(at + length)]))
          isBetter([...best.slice(0, at), ...best.slice(at, at + length).fill(0), ...best.slice(at + length)])
      }
    }
    for (let at = 0; at < best.length; at++) {
      for (let smaller = 0; smaller < (best[at] ?? 0); smaller++) {
        if (isBetter(best.with(at, smaller))) break
      }
    }
  }
  return best
}
