import { describe, expect, it } from 'vitest'
import { openSchedule } from '../../../../../src/runtime/search/components/schedules/index.js'
import { warmedUp } from '../../../../../src/runtime/search/components/schedules/warmup.js'
import type { TrainingPosition } from '../../../../../src/runtime/training/training-position.js'
import { failureOf } from '../../../../support/failures.js'

const at = (epoch: number, step: number, epochs = 4, steps = 10): TrainingPosition => ({ epoch, epochs, step, steps })
const range = { from: 0.1, to: 0.02 }

describe('schedules', () => {
  it('cosine moves once per epoch, as PyTorch’s CosineAnnealingLR', () => {
    const cosine = openSchedule({ component: 'cosine', arguments: { range, smooth: false } }, 'test')
    // eta_min + (eta_max - eta_min) (1 + cos(pi t / T)) / 2 by hand for t = 0, 1, 2, 3 of T = 4.
    expect(cosine.at(at(0, 0))).toBeCloseTo(0.1, 12)
    expect(cosine.at(at(0, 9))).toBeCloseTo(0.1, 12)
    expect(cosine.at(at(1, 0))).toBeCloseTo(0.02 + 0.04 * (1 + Math.SQRT1_2), 12)
    expect(cosine.at(at(2, 5))).toBeCloseTo(0.06, 12)
    expect(cosine.at(at(3, 0))).toBeCloseTo(0.02 + 0.04 * (1 - Math.SQRT1_2), 12)
  })

  it('smooth cosine moves with every step and ends at its end', () => {
    const cosine = openSchedule({ component: 'cosine', arguments: { range, smooth: true } }, 'test')
    expect(cosine.at(at(0, 0))).toBeCloseTo(0.1, 12)
    expect(cosine.at(at(3, 9))).toBeCloseTo(0.02, 12)
    expect(cosine.at(at(0, 1))).toBeLessThan(cosine.at(at(0, 0)))
  })

  it('linear and constant', () => {
    const linear = openSchedule({ component: 'linear', arguments: { range, smooth: false } }, 'test')
    expect([0, 1, 2, 3].map((epoch) => linear.at(at(epoch, 0)))).toEqual([
      expect.closeTo(0.1, 12),
      expect.closeTo(0.08, 12),
      expect.closeTo(0.06, 12),
      expect.closeTo(0.04, 12),
    ])
    const constant = openSchedule({ component: 'constant', arguments: { value: 3e-4 } }, 'test')
    expect(constant.at(at(3, 9))).toBe(3e-4)
  })

  it('step multiplies at every epoch that is named', () => {
    const step = openSchedule({ component: 'step', arguments: { from: 0.5, at: [3, 1], rate: 0.1 } }, 'test')
    expect([0, 1, 2, 3].map((epoch) => step.at(at(epoch, 9)))).toEqual([
      0.5,
      expect.closeTo(0.05, 12),
      expect.closeTo(0.05, 12),
      expect.closeTo(0.005, 12),
    ])
    const once = openSchedule({ component: 'step', arguments: { from: 0.5, at: 2, rate: 0.5 } }, 'test')
    expect([1, 2].map((epoch) => once.at(at(epoch, 0)))).toEqual([0.5, 0.25])
  })

  it('a warm-up multiplies a schedule by a straight line from its first step on', () => {
    const cosine = openSchedule({ component: 'cosine', arguments: { range, smooth: false } }, 'test')
    const warm = warmedUp(cosine, { epochs: 1.5, from: 0.25 })
    // 15 of 40 steps: 1/4 at the first, 3/4 after ten of them, and from the sixteenth on nothing is left.
    expect(warm.at(at(0, 0))).toBeCloseTo(0.1 / 4, 12)
    expect(warm.at(at(0, 5))).toBeCloseTo(0.1 / 2, 12)
    expect(warm.at(at(1, 0))).toBeCloseTo(0.75 * cosine.at(at(1, 0)), 12)
    expect(warm.at(at(1, 5))).toBe(cosine.at(at(1, 5)))
    expect(warm.at(at(3, 9))).toBe(cosine.at(at(3, 9)))
    expect(warmedUp(cosine, { epochs: 0, from: 0.25 }).at(at(0, 0))).toBe(0.1)
  })

  it('linear with last epochs goes as in the code of PC-DARTS', () => {
    const epochs = 250
    const linear = openSchedule({ component: 'linear', arguments: { range: { from: 0.5, to: 0 }, last: 5 } }, 'test')
    for (const epoch of [0, 1, 100, 244, 245, 249]) {
      const byCode =
        epochs - epoch > 5 ? (0.5 * (epochs - 5 - epoch)) / (epochs - 5) : (0.5 * (epochs - epoch)) / ((epochs - 5) * 5)
      expect(linear.at(at(epoch, 3, epochs))).toBeCloseTo(byCode, 12)
    }
    expect(linear.at(at(1, 0, 2))).toBeCloseTo(0.25, 12)
  })

  it('exponential is multiplied per epoch, or per step', async () => {
    const use = { component: 'exponential', arguments: { from: 5, rate: 0.956 } }
    const perEpoch = openSchedule(use, 'test')
    expect(perEpoch.at(at(0, 9))).toBe(5)
    expect(perEpoch.at(at(2, 5))).toBeCloseTo(5 * 0.956 * 0.956, 12)
    const perStep = openSchedule({ ...use, arguments: { ...use.arguments, per: 'step' } }, 'test')
    expect(perStep.at(at(1, 2))).toBeCloseTo(5 * 0.956 ** 12, 12)
    const failure = await failureOf(() =>
      openSchedule({ ...use, arguments: { ...use.arguments, per: 'week' } }, 'relax'),
    )
    expect(failure.message).toContain('must be "epoch" or "step"')
  })

  it('refuses what it does not have, and says what it has', async () => {
    const failure = await failureOf(() => openSchedule({ component: 'warmup', arguments: {} }, 'train weights'))
    expect(failure.code).toBe('NAS7501')
    expect(failure.message).toContain('warmup')
    expect(failure.message).toContain('train weights')
    expect(failure.help).toContain('constant, cosine, exponential, linear')
  })
})
