import { describe, expect, it } from 'vitest'
import { Failure } from '../../../src/ir/failure.js'
import { evaluate, ElaborationFailure, functions, printValue, resolveParams } from '../../../src/space/index.js'
import type { Expression } from '../../../src/ir/model/expression.js'
import { binary, call, constant, local, oneOf, op, param, range, set, x } from '../../support/expressions.js'
import { dartsIr as ir } from '../../support/darts-ir-without-norms.js'

const valueOf = (expression: Expression): unknown => evaluate(ir, expression, resolveParams(ir, {}))

describe('values', () => {
  it('are computed with real division', () => {
    expect(valueOf(binary(2, '/', 3))).toBeCloseTo(0.6667, 4)
    expect(valueOf(binary(binary(2, '*', param('cells')), '+', 1))).toBe(17)
    expect(valueOf(binary(-1, '%', 3))).toBe(2)
    expect(valueOf(binary(2, '^', 10))).toBe(1024)
  })

  it('of sets hold nothing twice and can be united, subtracted and asked', () => {
    expect(valueOf(binary(set(1, 2, 2), '+', set(2, 3)))).toEqual([1, 2, 3])
    expect(valueOf(binary(set(1, 2, 3), '-', set(2)))).toEqual([1, 3])
    expect(valueOf(binary(2, 'in', set(1, 2)))).toBe(true)
    const { length } = valueOf(binary(constant('candidates'), '-', set(op('std:cells.none')))) as readonly unknown[]
    expect(length).toBe(7)
  })

  it('of ranges include both ends and stay on the grid', () => {
    expect(valueOf(range(16, 28, 4))).toEqual([16, 20, 24, 28])
    expect(valueOf(range(0.75, 4.5, 0.75))).toEqual([0.75, 1.5, 2.25, 3, 3.75, 4.5])
    expect(valueOf(range(0.1, 0.3, 0.1))).toEqual([0.1, 0.2, 0.3])
  })

  it('of comprehensions vary the last variable fastest', () => {
    const sum = binary(binary(local('k'), '*', 10), '+', local('e'))
    const bindings = [
      { name: 'k', in: set(3, 5) },
      { name: 'e', in: set(1, 6) },
    ]
    expect(valueOf({ kind: 'for', bindings, body: sum })).toEqual([31, 36, 51, 56])
  })

  it('of operations print by position, without defaults', () => {
    const values = evaluate(
      ir,
      set(op('std:cells.sep_conv', { stride: 1, kernel: 3 }), op('std:cells.sep_conv', { kernel: 5, stride: 2 })),
      {},
    )
    expect(printValue(values)).toBe('{ sep_conv(3), sep_conv(5, 2) }')
    expect(printValue(evaluate(ir, op('std:nn.conv', { stride: 2 }), {}))).toBe('conv(stride: 2)')
  })

  it.each([
    ['divides by zero', binary(1, '/', 0)],
    ['1,000,000,001 values', range(0, 1e9)],
    ['must be a number', binary(x(true), '*', 2)],
    ['open choice', oneOf('kernel', set(3, 5))],
    ['has no value here', { kind: 'context', name: 'in' }],
  ] as const)('that do not exist are failures: %s', (message, expression) => {
    expect(() => valueOf(expression)).toThrow(ElaborationFailure)
    expect(() => valueOf(expression)).toThrow(message)
  })
})

describe('functions', () => {
  it('round as the papers do', () => {
    const of = (name: string, ...numbers: readonly number[]): unknown => valueOf(call(name, ...numbers))
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

  it('that are unknown or of another type are failures with a near name', () => {
    expect(() => resolveParams(ir, { cell: 20 })).toThrow(Failure)
    try {
      resolveParams(ir, { cell: 20 })
    } catch (failure) {
      expect(failure).toMatchObject({ code: 'NAS8110', help: 'Did you mean `cells`? Its parameters are width, cells.' })
    }
    expect(() => resolveParams(ir, { cells: 2.5 })).toThrow(/of type int/)
  })
})
