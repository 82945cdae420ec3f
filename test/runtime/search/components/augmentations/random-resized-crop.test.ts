import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openAugmentation } from '../../../../../src/runtime/search/components/augmentations/index.js'
import { resized } from '../../../../../src/runtime/data/resize.js'
import { centreOf } from '../../../../../src/runtime/search/components/augmentations/random-resized-crop.js'
import { failureOf } from '../../../../support/failures.js'

const grey = (height: number, width: number) => ({ height, width, channels: 1, mean: [0] })
const open = (from: number, to: number) =>
  openAugmentation({ component: 'random_resized_crop', arguments: { area: { from, to } } }, 'test')

describe('random_resized_crop', () => {
  it('scales a window bilinearly between the centres of pixels', () => {
    // torch.nn.functional.interpolate([0, 1] -> 4, align_corners=False) is 0, 0.25, 0.75, 1.
    const image = Float64Array.from([9, 9, 9, 9, 9, 0, 1, 9, 9, 2, 3, 9, 9, 9, 9, 9])
    const of = resized(image, grey(4, 4), { top: 1, left: 1, height: 2, width: 2 }, grey(4, 4))
    const line = [0, 0.25, 0.75, 1]
    expect([...of]).toEqual(line.flatMap((down) => line.map((along) => 2 * down + along)))
  })

  it('is the whole image where the window is the whole image, and each channel by itself', () => {
    const image = Float64Array.from({ length: 60 }, (_, place) => place / 64)
    const shape = { height: 4, width: 5, channels: 3, mean: [0, 0, 0] }
    expect(resized(image, shape, { top: 0, left: 0, height: 4, width: 5 }, shape)).toEqual(image)
  })

  it('takes the centre with the nearest aspect where no window fits', () => {
    expect(centreOf(6, 6)).toEqual({ top: 0, left: 0, height: 6, width: 6 })
    expect(centreOf(6, 20)).toEqual({ top: 0, left: 6, height: 6, width: 8 })
    expect(centreOf(20, 6)).toEqual({ top: 6, left: 0, height: 8, width: 6 })
    // The whole area fits only as a square: of a long image never.
    const image = Float64Array.from({ length: 16 }, (_, place) => place)
    const whole = resized(image, grey(1, 16), centreOf(1, 16), grey(1, 16))
    expect(open(1, 1)(image.slice(), grey(1, 16), createRandom(3))).toEqual(whole)
  })

  it('draws areas and aspects within their bounds, and all of the image', () => {
    // Of the ramps 32 * row + column a window shows its corners: their differences are its sides but for one pixel.
    const side = 32
    const [rows, columns] = [0, 1].map((axis) =>
      Float64Array.from({ length: side * side }, (_, place) => (axis === 0 ? Math.floor(place / side) : place % side)),
    )
    const crop = open(0.25, 0.5)
    const areas: number[] = []
    const tops: number[] = []
    for (let draw = 0; draw < 300; draw++) {
      const [down, along] = [rows, columns].map((ramp) => crop(ramp!.slice(), grey(side, side), createRandom(draw)))
      const height = down!.at(-1)! - down![0]! + 1
      const width = along!.at(-1)! - along![0]! + 1
      expect([height, width, down![0]!].every(Number.isInteger)).toBe(true)
      // Sides are rounded to whole pixels.
      expect((width + 0.5) / (height - 0.5)).toBeGreaterThan(3 / 4)
      expect((width - 0.5) / (height + 0.5)).toBeLessThan(4 / 3)
      areas.push((height * width) / side / side)
      tops.push(down![0]!)
    }
    expect(Math.min(...areas)).toBeGreaterThan(0.23)
    expect(Math.max(...areas)).toBeLessThan(0.53)
    expect(areas.reduce((sum, area) => sum + area, 0) / 300).toBeCloseTo(0.375, 1)
    expect(Math.min(...tops)).toBe(0)
    expect(Math.max(...tops)).toBeGreaterThan(10)
  })

  it('refuses an area of nothing', async () => {
    expect((await failureOf(() => open(0, 1))).message).toContain('area')
    expect((await failureOf(() => open(0.5, 1.5))).message).toContain('area')
  })
})
