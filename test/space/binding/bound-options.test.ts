import { describe, expect, it } from 'vitest'
import {
  checkedBound,
  largestOption,
  onlyOption,
  sameBound,
  severalOptions,
} from '../../../src/space/binding/bound-options.js'
import type { Decision } from '../../../src/space/decisions/decision.js'

const width: Decision = { path: 'width', kind: 'width', options: ['8', '32', '16'], values: [8, 32, 16] }
const from: Decision = { path: 'n2.from', kind: 'from', options: ['x', 'n1', 'n2'], arity: { least: 1, most: 2 } }

describe('what a decision may be bound to', () => {
  it('is anything with options that it has, as many as it takes', () => {
    for (const bound of [{ kind: 'mix' }, { kind: 'fixed', options: [2] }, { kind: 'slice', option: 1 }] as const)
      expect(checkedBound(width, bound)).toBe(bound)
    expect(checkedBound(from, { kind: 'fixed', options: [0, 2] })).toEqual({ kind: 'fixed', options: [0, 2] })
  })

  it('is nothing else', () => {
    expect(() => checkedBound(width, { kind: 'fixed', options: [3] })).toThrow('has 3 options')
    expect(() => checkedBound(width, { kind: 'slice', option: -1 })).toThrow('has 3 options')
    expect(() => checkedBound(from, { kind: 'fixed', options: [1, 1] })).toThrow('same option twice')
    expect(() => checkedBound(from, { kind: 'fixed', options: [0, 1, 2] })).toThrow('takes 1 to 2 options')
    expect(() => checkedBound(from, { kind: 'fixed', options: [] })).toThrow('takes 1 to 2 options')
  })
})

describe('options of a bound decision', () => {
  it('are one where it takes one', () => {
    expect(onlyOption(width, [2])).toBe(2)
    expect(() => onlyOption(width, [])).toThrow('takes one option')
    expect(() => onlyOption(width, [0, 1])).toThrow('takes one option')
  })

  it('are those given or, mixed, all of them where it takes several', () => {
    expect(severalOptions(from, { kind: 'fixed', options: [2] })).toEqual([2])
    expect(severalOptions(from, { kind: 'mix' })).toEqual([0, 1, 2])
    expect(() => severalOptions(from, { kind: 'mask' })).toThrow('cannot be bound by `mask`')
  })

  it('have a largest one where they are numbers', () => {
    expect(largestOption(width)).toBe(1)
    expect(() => largestOption(from)).toThrow('without an order')
  })
})

describe('equal bindings', () => {
  it('select the same', () => {
    expect(sameBound({ kind: 'fixed', options: [1, 2] }, { kind: 'fixed', options: [1, 2] })).toBe(true)
    expect(sameBound({ kind: 'fixed', options: [1, 2] }, { kind: 'fixed', options: [1] })).toBe(false)
    expect(sameBound({ kind: 'slice', option: 1 }, { kind: 'slice', option: 2 })).toBe(false)
    expect(sameBound({ kind: 'mask' }, { kind: 'mask' })).toBe(true)
    expect(sameBound({ kind: 'mask' }, { kind: 'mix' })).toBe(false)
  })
})
