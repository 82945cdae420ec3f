import { describe, expect, it } from 'vitest'
import { epochwise, stepwise } from '../../../../src/runtime/search/step/rhythm.js'
import type { VariableUpdate } from '../../../../src/runtime/search/step/update.js'

function update(name: VariableUpdate['name'], steps: number, images: number): VariableUpdate {
  const refuse = (): never => {
    throw new Error('nothing is trained here')
  }
  return { name, steps, images, isDue: () => true, learningRate: refuse, run: refuse }
}

const [weights, choices] = [update('weights', 8, 10), update('choices', 2, 10)]

describe('which update runs in a step', () => {
  it('step by step: both, and an epoch is a pass over the images of the weights', () => {
    const rhythm = stepwise([choices, weights], weights)
    const at = { epoch: 1, epochs: 3, step: 5, steps: 8 }
    expect({ steps: rhythm.steps, images: rhythm.images }).toEqual({ steps: 8, images: 20 })
    expect(rhythm.turns(at)).toEqual([
      { update: choices, at },
      { update: weights, at },
    ])
    expect(rhythm.placeOf(choices, at)).toEqual(at)
  })

  it('per epoch: each on its own images, one after the other, and every step of either once', () => {
    const rhythm = epochwise([weights, choices])
    expect({ steps: rhythm.steps, images: rhythm.images }).toEqual({ steps: 10, images: 10 })
    const turns = [0, 1].flatMap((epoch) =>
      Array.from({ length: 10 }, (_, step) => rhythm.turns({ epoch, epochs: 2, step, steps: 10 })),
    )
    expect(turns.every(({ length }) => length === 1)).toBe(true)
    expect(turns.flat().map(({ update: { name }, at: { epoch, step, steps } }) => [name, epoch, step, steps])).toEqual(
      [0, 1].flatMap((epoch) => [
        ...Array.from({ length: 8 }, (_, step) => ['weights', epoch, step, 8]),
        ...Array.from({ length: 2 }, (_, step) => ['choices', epoch, step, 2]),
      ]),
    )
  })

  it('per epoch, an update stands where it begins before its turn, and where it ended after it', () => {
    const rhythm = epochwise([weights, choices])
    const place = (of: VariableUpdate, step: number) =>
      rhythm.placeOf(of, { epoch: 1, epochs: 2, step, steps: 10 }).step
    expect([place(weights, 3), place(weights, 9), place(choices, 3), place(choices, 9)]).toEqual([3, 7, 0, 1])
  })
})
