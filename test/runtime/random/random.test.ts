import { describe, expect, it } from 'vitest'
import { philox4x32 } from '../../../src/runtime/random/philox.js'
import { createRandom } from '../../../src/runtime/random/random.js'

describe('philox4x32', () => {
  // The known answers that the authors publish with Random123 (kat_vectors, philox4x32 10).
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)('known answer of counter %j', (counter, key, expected) => {
    const words = new Uint32Array(4)
    philox4x32(words, counter[0], counter[1], counter[2], counter[3], key[0], key[1])
    expect([...words]).toEqual(expected)
  })
})

describe('Random', () => {
  it('gives the same words for the same seed and name, whatever else was drawn', () => {
    const first = createRandom(7).stream('weights')
    const words = [first.word(), first.word(), first.word(), first.word(), first.word()]
    const other = createRandom(7)
    other.word()
    other.stream('choices').uniform()
    const again = other.stream('weights')
    expect([again.word(), again.word(), again.word(), again.word(), again.word()]).toEqual(words)
  })

  it('does not change between versions', () => {
    const random = createRandom(42).stream('data')
    expect([random.word(), random.word(), random.word(), random.word()]).toEqual([
      1123830307, 2997024271, 3504593716, 2997969856,
    ])
    expect(random.uniform()).toBe(0.07567722386665987)
    expect(random.normal()).toBeCloseTo(0.3921965077733971, 14)
    expect([...createRandom(42).stream('order').permutation(8)]).toEqual([1, 2, 0, 3, 6, 7, 4, 5])
  })

  it('differs by seed and by name', () => {
    const heads = [
      createRandom(1),
      createRandom(2),
      createRandom(-1),
      createRandom(1).stream('a'),
      createRandom(1).stream('b'),
    ]
    const starts = heads.map((random) => random.word())
    expect(new Set(starts).size).toBe(starts.length)
  })

  it('continues from a position without other state', () => {
    const random = createRandom(3).stream('init')
    for (let draw = 0; draw < 9; draw++) random.normal()
    random.word()
    const position = random.position
    expect(position).toBe(37)
    const expected = [random.normal(), random.uniform(), random.integer(10)]
    const resumed = createRandom(3).stream('init').at(position)
    expect([resumed.normal(), resumed.uniform(), resumed.integer(10)]).toEqual(expected)
  })

  it('reaches positions beyond 2^34 words without repeating the beginning', () => {
    const random = createRandom(3)
    expect(random.at(2 ** 34).word()).not.toBe(random.at(0).word())
  })

  it('is uniform: mean, variance, 64 cells by chi-square, serial correlation', () => {
    const random = createRandom(11).stream('uniform')
    const count = 100_000
    const cells = new Array<number>(64).fill(0)
    let sum = 0
    let squares = 0
    let products = 0
    let previous = 0.5
    for (let draw = 0; draw < count; draw++) {
      const value = random.uniform()
      cells[Math.floor(value * 64)]! += 1
      sum += value
      squares += (value - 0.5) ** 2
      products += (value - 0.5) * (previous - 0.5)
      previous = value
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(0.004) // 4 standard errors
    expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(0.001)
    expect(Math.abs(products / count) * 12).toBeLessThan(0.013)
    const chiSquare = cells.reduce((total, found) => total + (found - count / 64) ** 2 / (count / 64), 0)
    expect(chiSquare).toBeLessThan(103.4) // 63 degrees of freedom, p = 0.001
    expect(chiSquare).toBeGreaterThan(33.9) // p = 0.999: suspiciously even
  })

  it('is normal: first four moments and the share within one deviation', () => {
    const random = createRandom(12).stream('normal')
    const count = 100_000
    const moments = [0, 0, 0, 0]
    let within = 0
    for (let draw = 0; draw < count; draw++) {
      const value = random.normal()
      for (let order = 0; order < 4; order++) moments[order]! += value ** (order + 1) / count
      if (Math.abs(value) < 1) within++
    }
    expect(Math.abs(moments[0]!)).toBeLessThan(0.013)
    expect(Math.abs(moments[1]! - 1)).toBeLessThan(0.018)
    expect(Math.abs(moments[2]!)).toBeLessThan(0.05)
    expect(Math.abs(moments[3]! - 3)).toBeLessThan(0.13)
    expect(Math.abs(within / count - 0.682689)).toBeLessThan(0.006)
  })

  it('draws integers without modulo bias', () => {
    // With 3 * 2^30 a plain remainder would give the lower third twice as often as the others.
    const bound = 3 * 2 ** 30
    const random = createRandom(13).stream('integer')
    const thirds = [0, 0, 0]
    for (let draw = 0; draw < 30_000; draw++) thirds[Math.floor((random.integer(bound) / bound) * 3)]! += 1
    for (const third of thirds) expect(Math.abs(third - 10_000)).toBeLessThan(330)
  })

  it('refuses bounds that it cannot serve', () => {
    const random = createRandom(1)
    expect(() => random.integer(0)).toThrow('A bound lies in 1 … 2^32, not 0')
    expect(() => random.integer(1.5)).toThrow(RangeError)
    expect(() => random.integer(2 ** 33)).toThrow(RangeError)
    expect(random.integer(1)).toBe(0)
    expect(() => createRandom(0.5)).toThrow('A seed is an integer, not 0.5')
  })

  it('shuffles evenly: every order of three equally often', () => {
    const random = createRandom(14).stream('shuffle')
    const orders = new Map<string, number>()
    for (let draw = 0; draw < 12_000; draw++) {
      const order = random.shuffle(['a', 'b', 'c']).join('')
      orders.set(order, (orders.get(order) ?? 0) + 1)
    }
    expect(orders.size).toBe(6)
    for (const found of orders.values()) expect(Math.abs(found - 2000)).toBeLessThan(165)
  })

  it('permutes: every index once', () => {
    const permutation = createRandom(15).permutation(1000)
    expect([...permutation].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index))
    expect([...permutation.slice(0, 20)]).not.toEqual(Array.from({ length: 20 }, (_, index) => index))
  })
})
