import { describe, expect, it } from 'vitest'
import type { Constraint } from '../../../src/analysis/diagram/constraint.js'
import { constraintSchedule } from '../../../src/analysis/diagram/constraint-schedule.js'
import type { Layer } from '../../../src/analysis/diagram/layer.js'

const layer = (at: string, reads: readonly string[]): Layer => ({
  at,
  transitions: () => [],
  reads: (path) => reads.includes(path),
})

const constraint = (path: string, costs: Constraint['costs'] = []): Constraint => ({
  text: path,
  test: { kind: 'boolean', value: true },
  require: {},
  costs,
  aggregates: [],
  mentions: (other) => other === path,
  needs: (other) => other === path,
  concerns: (each) => each.reads(path),
  holds: () => true,
})

const layers = [layer('stem', ['width']), layer('stage', ['width', 'depth']), layer('head', ['dropout'])]

describe('when a constraint is tested', () => {
  it('is behind the last layer that settles something in it', () => {
    const [ofWidth, ofDropout] = [constraint('width'), constraint('dropout')]
    const schedule = constraintSchedule(layers, [ofWidth, ofDropout])
    expect(layers.map((_, index) => schedule.dueAt(index))).toEqual([[], [ofWidth], [ofDropout]])
  })

  it('is behind the first layer where none settles anything in it', () => {
    const ofNothing = constraint('params')
    expect(constraintSchedule(layers, [ofNothing]).dueAt(0)).toEqual([ofNothing])
  })

  it('is never where it mentions a cost', () => {
    const schedule = constraintSchedule(layers, [constraint('width', [{ name: 'macs', convention: 'conv-fc' }])])
    expect(layers.flatMap((_, index) => schedule.dueAt(index))).toEqual([])
  })
})

describe('until when a selection is known', () => {
  it('is up to the last layer that reads it', () => {
    const { isNeededAfter } = constraintSchedule(layers, [])
    expect(layers.map((_, index) => isNeededAfter(index, 'width'))).toEqual([true, false, false])
  })

  it('is up to the test of a constraint that mentions it', () => {
    const both: Constraint = {
      ...constraint('width'),
      needs: (path) => path === 'width' || path === 'dropout',
      concerns: ({ at }) => at === 'stem' || at === 'head',
    }
    const { isNeededAfter } = constraintSchedule(layers, [both])
    expect(layers.map((_, index) => isNeededAfter(index, 'width'))).toEqual([true, true, false])
  })

  it('is up to the end where a constraint on costs mentions it', () => {
    const { isNeededAfter } = constraintSchedule(layers, [
      constraint('width', [{ name: 'macs', convention: 'conv-fc' }]),
    ])
    expect(layers.every((_, index) => isNeededAfter(index, 'width'))).toBe(true)
  })
})
