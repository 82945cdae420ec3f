import { expect, it } from 'vitest'
import { cutOut } from '../../../src/runtime/data/cutout.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { counting } from '../../support/data-files.js'

it('cuts out a square, cut off at the border, around any pixel', () => {
  const shape = { height: 4, width: 5, channels: 3 }
  const source = Float32Array.from({ length: 120 }, (_, index) => index + 1)
  const sizes = new Set<number>()
  for (let draw = 0; draw < 200; draw++) {
    const images = source.slice()
    cutOut(images, 60, shape, 2, createRandom(draw))
    expect(images.subarray(0, 60)).toEqual(source.subarray(0, 60))
    const holes = counting(20, 20).filter((place) => images[60 + place * 3] === 0)
    for (const place of counting(20, 20)) {
      if (!holes.includes(place)) expect(images[60 + place * 3]).toBe(source[60 + place * 3])
    }
    const rows = holes.map((place) => Math.floor(place / 5))
    const columns = holes.map((place) => place % 5)
    const tall = Math.max(...rows) - Math.min(...rows) + 1
    const wide = Math.max(...columns) - Math.min(...columns) + 1
    expect(holes.length).toBe(tall * wide)
    sizes.add(holes.length)
  }
  expect([...sizes].sort()).toEqual([1, 2, 4])
})
