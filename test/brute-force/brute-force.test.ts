import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/runtime/random/random.js'
import { recordedDraws, replayedDraws } from './draws.js'
import { programOf } from './generator/program.js'
import { minimisedDraws } from './minimise.js'

describe('the same draws', () => {
  it('make the same program', () => {
    const draws = recordedDraws(createRandom(1, 'brute-force'))
    const { text } = programOf(draws)
    expect(programOf(replayedDraws(draws.taken)).text).toBe(text)
  })
})

describe('what fails', () => {
  it('is made as small as it can be', () => {
    const hasTwoLarge = (draws: readonly number[]): boolean => draws.filter((draw) => draw >= 3).length >= 2
    expect(minimisedDraws([7, 0, 2, 9, 1, 4, 4], hasTwoLarge)).toEqual([3, 3])
  })
})
