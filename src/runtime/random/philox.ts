/**
 * Philox4x32-10: a counter-based generator. The n-th block of four words is a function of (key, n) alone, so a position
 * is all the state there is.
 *
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011,
 * section 3.3 and table 2 (ten rounds). Tested against the known answers of its authors.
 *
 * Writes the block into `out`. Words are unsigned; inside, they are signed, which is what the engine of the language is
 * fastest with, and the upper half of a product of two words is put together from products of their halves.
 */
export function philox4x32(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0 | 0
  let c1 = counter1 | 0
  let c2 = counter2 | 0
  let c3 = counter3 | 0
  let k0 = key0 | 0
  let k1 = key1 | 0
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(0xd251, 0x1f53, c0)
    const low0 = Math.imul(0xd2511f53, c0)
    const high1 = multiplyHigh(0xcd9e, 0x8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

const rounds = 10

/** Upper 32 bits of the product of a word, given by its halves, and another; no partial sum reaches 2^32. */
function multiplyHigh(aHigh: number, aLow: number, b: number): number {
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = (Math.imul(bHigh, aLow) + (Math.imul(bLow, aLow) >>> 16)) | 0
  const cross = (Math.imul(bLow, aHigh) + (middle & 0xffff)) | 0
  return (Math.imul(bHigh, aHigh) + (middle >>> 16) + (cross >>> 16)) | 0
}
