import { describe, expect, it } from 'vitest'
import { evaluate, ElaborationFailure, functions, printValue, resolveParams } from '../../../src/space/index.js'
import type { Expression } from '../../../src/ir/model/expression.js'
import { dartsIr as ir } from '../../support/darts-ir.js'
import { failureOf } from '../../support/failures.js'
import { compiledText } from '../../support/programs.js'

/** What an expression is worth that is written in a program. */
function valueOf(text: string): ReturnType<typeof evaluate> {
  const program = compiledText(`
import std:nn
import { none, sep_conv, dil_conv } from std:cells
param cells = 8
let candidates = { none, sep_conv(3), dil_conv(5) }
space s {
  let value = ${text}
  input   image(8, 3)
  classes 2
  network { head global_pool -> linear(classes) }
}`)
  const [written] = program.spaces[0]?.lets ?? []
  if (!written) throw new Error('the let is not in the IR')
  return evaluate(program, written.value, resolveParams(program, {}))
}

describe('values', () => {
  it('are computed with real division', () => {
    expect(valueOf('2 / 3')).toBeCloseTo(0.6667, 4)
    expect(valueOf('2 * cells + 1')).toBe(17)
    expect(valueOf('-1 % 3')).toBe(2)
    expect(valueOf('2 ^ 10')).toBe(1024)
  })

  it('of sets hold nothing twice and can be united, subtracted and asked', () => {
    expect(valueOf('{1, 2, 2} + {2, 3}')).toEqual([1, 2, 3])
    expect(valueOf('{1, 2, 3} - {2}')).toEqual([1, 3])
    expect(valueOf('2 in {1, 2}')).toBe(true)
    expect(printValue(valueOf('candidates - { none }'))).toBe('{ sep_conv(3), dil_conv(5) }')
  })

  it('of ranges include both ends and stay on the grid', () => {
    expect(valueOf('16..28 step 4')).toEqual([16, 20, 24, 28])
    expect(valueOf('0.75..4.5 step 0.75')).toEqual([0.75, 1.5, 2.25, 3, 3.75, 4.5])
    expect(valueOf('0.1..0.3 step 0.1')).toEqual([0.1, 0.2, 0.3])
  })

  it('of comprehensions vary the last variable fastest', () => {
    expect(valueOf('{ for k in {3, 5} for e in {1, 6}: k * 10 + e }')).toEqual([31, 36, 51, 56])
  })

  it('of operations print by position, without defaults', () => {
    const values = valueOf('{ sep_conv(stride: 1, kernel: 3), sep_conv(5, 2) }')
    expect(printValue(values)).toBe('{ sep_conv(3), sep_conv(5, 2) }')
    expect(printValue(valueOf('conv(stride: 2)'))).toBe('conv(stride: 2)')
  })

  it('that are open are failures', () => {
    expect(() => valueOf('one of {3, 5}')).toThrow(ElaborationFailure)
    expect(() => valueOf('one of {3, 5}')).toThrow('open choice')
  })

  // The compiler lets none of these pass.
  it.each<[string, Expression]>([
    ['divides by zero', { kind: 'binary', operator: '/', left: number(1), right: number(0) }],
    ['1,000,000,001 values', { kind: 'range', from: number(0), to: number(1e9) }],
    ['must be a number', { kind: 'binary', operator: '*', left: { kind: 'boolean', value: true }, right: number(2) }],
    ['has no value here', { kind: 'context', name: 'in' }],
  ])('that do not exist are failures: %s', (message, expression) => {
    const run = (): unknown => evaluate(ir, expression, resolveParams(ir, {}))
    expect(run).toThrow(ElaborationFailure)
    expect(run).toThrow(message)
  })
})

describe('functions', () => {
  it('round as the papers do', () => {
    const of = (name: string, ...numbers: readonly number[]): unknown => valueOf(`${name}(${numbers.join(', ')})`)
    // papers/mobile-family.md, section 0: 8 * 5.4566 and 24 * 1.7912 become 48 under 0.95 and 40 under 0.9.
    expect(of('round8', 8 * 5.4566)).toBe(40)
    expect(of('round8_95', 8 * 5.4566)).toBe(48)
    expect(of('round8', 24 * 1.7912)).toBe(40)
    expect(of('round8_95', 24 * 1.7912)).toBe(48)
    expect(of('round8', 3)).toBe(8)
    expect([0.5, 1.5, 2.5, -0.5].map((number) => Number(of('round', number)) + 0)).toEqual([0, 2, 2, 0])
  })

  it('agree with the formulas of the papers on all widths', () => {
    for (let number = 1; number < 2000; number += 0.37) {
      const near = Math.max(8, Math.floor(Math.trunc(number + 4) / 8) * 8)
      expect(functions.round8?.of(number)).toBe(near < 0.9 * number ? near + 8 : near)
      const vision = number % 8 === 0 ? number : 8 * Math.max(1, Math.floor(number / 8 + 0.5))
      expect(functions.round8_95?.of(number)).toBe(vision < 0.95 * number ? vision + 8 : vision)
    }
  })
})

describe('parameters', () => {
  it('take overrides and defaults', () => {
    expect(resolveParams(ir, { cells: 20 })).toEqual({ width: 16, cells: 20 })
  })

  it('that are unknown or of another type are failures with a near name', async () => {
    expect(await failureOf(() => resolveParams(ir, { cell: 20 }))).toMatchObject({
      code: 'NAS8110',
      help: 'Did you mean `cells`? Its parameters are width, cells.',
    })
    expect(() => resolveParams(ir, { cells: 2.5 })).toThrow(/of type int/)
  })
})

function number(value: number): Expression {
  return { kind: 'number', value }
}
