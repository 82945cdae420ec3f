import { describe, expect, it } from 'vitest'
import { nodeHost } from '../../src/compiler/modules/node-host.js'
import { createRandom } from '../../src/runtime/random/random.js'
import { recordedDraws, replayedDraws } from './draws.js'
import { examine, type Outcome } from './examine.js'
import { programOf } from './generator/program.js'
import { minimisedDraws } from './minimise.js'

describe('random programs against brute force (`npm run brute-force -- --count 50000` for more)', () => {
  const standard = nodeHost()

  it('agree in counts, costs, histograms, samples and membership, and most of them are compared', async () => {
    const root = createRandom(20_261_129, 'brute-force')
    const found: Record<Outcome['kind'], number> = {
      agrees: 0,
      differs: 0,
      refused: 0,
      unanalysed: 0,
      large: 0,
    }
    for (let index = 0; index < 60; index++) {
      // Vitest is told now and then that somebody is at work.
      await new Promise(setImmediate)
      const program = programOf(recordedDraws(root.stream(String(index))))
      const outcome = examine(program, standard)
      found[outcome.kind] += 1
      if (outcome.kind === 'differs') throw new Error(`program ${index}: ${outcome.what}\n\n${outcome.text}`)
    }
    expect(found.agrees).toBeGreaterThan(30)
  })

  it('are the same for the same draws', () => {
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
