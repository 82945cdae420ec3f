import { createHash } from 'node:crypto'
import { philox4x32 } from './philox.js'

/**
 * A stream of random numbers. It is determined by (seed, name, position): two streams of different names are independent,
 * and `root.stream(name).at(position)` continues any stream without saved state.
 */
export interface Random {
  readonly seed: number
  readonly name: string
  /** 32-bit words drawn so far. */
  readonly position: number
  /** An independent stream, at its beginning. Its name is the name of this one, `/`, and `name`. */
  stream(name: string): Random
  /** The same stream at another position; this one stays where it is. */
  at(position: number): Random
  /** An unsigned 32-bit integer; draws one word. */
  word(): number
  /** In [0, 1), 53 bits; draws two words. */
  uniform(): number
  /** Normal with mean 0 and deviation 1 (Box and Muller 1958, cosine branch only: no spare to remember); four words. */
  normal(): number
  /**
   * In 0 … bound - 1, each equally likely (rejection: no modulo bias); one word, seldom more.
   * Throws a RangeError unless 1 <= bound <= 2^32.
   */
  integer(bound: number): number
  /** In place (Fisher and Yates); returns the same array. */
  shuffle<Items extends Uint32Array | Int32Array | unknown[]>(items: Items): Items
  /** 0 … count - 1 in random order. */
  permutation(count: number): Uint32Array
}

/**
 * The root of all streams of a run.
 * @param seed a safe integer; throws a RangeError otherwise
 */
export function createRandom(seed: number, name = ''): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is an integer, not ${String(seed)}`)
  return openStream(seed, name, streamKey(seed, name), 0)
}

/** Key of the generator, and the upper half of its counter: 128 bits of a hash, so that names do not meet by chance. */
type StreamKey = readonly [number, number, number, number]

function streamKey(seed: number, name: string): StreamKey {
  const digest = createHash('sha256')
    .update(`${String(seed)}\n${name}`)
    .digest()
  return [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)]
}

function openStream(seed: number, name: string, key: StreamKey, start: number): Random {
  const [low, high] = [key[2], key[3]]
  let position = start
  let block = -1
  const words = new Uint32Array(4)

  function load(index: number): void {
    block = index
    philox4x32(words, index, Math.floor(index / twoTo32), low, high, key[0], key[1])
  }

  function word(): number {
    const index = Math.floor(position / 4)
    if (index !== block) load(index)
    return words[position++ % 4] ?? 0
  }

  function uniform(): number {
    return uniformOf(word(), word())
  }

  function normal(): number {
    if (position % 4 !== 0) return normalOf(uniform(), uniform())
    // All of one block: what first values of weights are drawn from, by the million.
    load(position / 4)
    position += 4
    return normalOf(uniformOf(words[0] ?? 0, words[1] ?? 0), uniformOf(words[2] ?? 0, words[3] ?? 0))
  }

  function integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > twoTo32) {
      throw new RangeError(`A bound lies in 1 … 2^32, not ${String(bound)}`)
    }
    const usable = twoTo32 - (twoTo32 % bound)
    let drawn = word()
    while (drawn >= usable) drawn = word()
    return drawn % bound
  }

  function shuffle<Items extends Uint32Array | Int32Array | unknown[]>(items: Items): Items {
    for (let last = items.length - 1; last > 0; last--) {
      const other = integer(last + 1)
      const kept = items[last]
      items[last] = items[other]
      items[other] = kept
    }
    return items
  }

  return {
    seed,
    name,
    get position() {
      return position
    },
    stream: (child) => createRandom(seed, `${name}/${child}`),
    at: (other) => openStream(seed, name, key, other),
    word,
    uniform,
    normal,
    integer,
    shuffle,
    permutation: (count) => shuffle(Uint32Array.from({ length: count }, (_, index) => index)),
  }
}

/** In [0, 1), from the upper 27 and 26 bits of two words. */
function uniformOf(first: number, second: number): number {
  return ((first >>> 5) * 0x4000000 + (second >>> 6)) / 2 ** 53
}

function normalOf(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
}

const twoTo32 = 2 ** 32
