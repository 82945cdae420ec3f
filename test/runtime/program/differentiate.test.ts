import { describe, expect, it } from 'vitest'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { gradients } from '../../../src/runtime/program/differentiate.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import { printProgram } from '../../../src/runtime/program/print.js'
import { problemsOf, validate } from '../../../src/runtime/program/validate.js'

describe('gradients', () => {
  it('sums what comes back from several readers', () => {
    const builder = new ProgramBuilder()
    const x = builder.variable('x', [2])
    // dot(x, x) + dot(x, [3, 4]): the gradient is 2 x + [3, 4].
    const loss = builder.one('add', [builder.one('dot', [x, x]), builder.one('dot', [x, builder.input('c', [2])])])
    const [gradient] = gradients(builder, loss, [x])
    expect(gradient).toBeDefined()
    const program = validate(builder.build({ gradient: gradient ?? -1 }))
    const variables = new Map([['x', Float64Array.of(1, -2)]])
    const result = interpret(program, { inputs: { c: Float64Array.of(3, 4) }, variables, precision: 'double' })
    expect(Array.from(result['gradient'] ?? [])).toEqual([5, 0])
  })

  it('computes nothing that nobody asked for', () => {
    const builder = new ProgramBuilder()
    const [a, b] = [builder.variable('a', [3, 4]), builder.variable('b', [4, 2])]
    const product = builder.one('matmul', [a, b], { transposeA: false, transposeB: false })
    const loss = builder.one('dot', [product, builder.input('c', [3, 2])])
    const before = builder.operations.length
    const [gradient, none] = gradients(builder, loss, [b, builder.variable('unrelated', [7])])
    expect(none).toBeUndefined()
    expect(builder.shape(gradient ?? -1)).toEqual([4, 2])
    expect(builder.operations.slice(before).map(({ operation }) => operation)).toEqual(['fill', 'scale', 'matmul'])
  })

  it('takes what stop_gradient gives for a constant, through whatever it goes on', () => {
    const builder = new ProgramBuilder()
    const x = builder.variable('x', [2])
    const constant = builder.one('stop_gradient', [builder.one('multiply', [x, x])])
    // sum(x * [x * x as a constant]): the gradient is x * x, and sum_rows, which has no adjoint, is not asked for one.
    const rows = builder.one('dot', [
      builder.one('sum_rows', [builder.one('reshape', [constant], { shape: [1, 2] })]),
      x,
    ])
    const before = builder.operations.length
    const [gradient = -1] = gradients(builder, rows, [x])
    expect(builder.operations.slice(before).map(({ operation }) => operation)).toEqual(['fill', 'scale'])
    const variables = new Map([['x', Float64Array.of(3, -2)]])
    const result = interpret(builder.build({ gradient }), { inputs: {}, variables, precision: 'double' })
    expect(Array.from(result['gradient'] ?? [])).toEqual([9, 4])
  })

  it('goes straight through an argmax', () => {
    const builder = new ProgramBuilder()
    const x = builder.variable('x', [3])
    const loss = builder.one('dot', [builder.one('straight_through', [x]), builder.input('c', [3])])
    const [gradient = -1] = gradients(builder, loss, [x])
    const variables = new Map([['x', Float64Array.of(3, 4, 1)]])
    const inputs = { c: Float64Array.of(5, 6, 7) }
    const result = interpret(builder.build({ loss, gradient }), { inputs, variables, precision: 'double' })
    expect(Array.from(result['loss'] ?? [])).toEqual([6])
    expect(Array.from(result['gradient'] ?? [])).toEqual([5, 6, 7])
  })

  it('gives nothing where the loss does not depend on the values', () => {
    const builder = new ProgramBuilder()
    const loss = builder.one('dot', [builder.input('c', [2]), builder.input('d', [2])])
    expect(gradients(builder, loss, [builder.variable('x', [2])])).toEqual([undefined])
    expect(builder.operations).toHaveLength(1)
  })

  it('refuses a loss that is no scalar and an operation without an adjoint', () => {
    const builder = new ProgramBuilder()
    const x = builder.variable('x', [2, 2])
    expect(() => gradients(builder, x, [x])).toThrow('scalar')
    const loss = builder.one('dot', [builder.one('sum_rows', [x]), builder.input('c', [2])])
    expect(() => gradients(builder, loss, [x])).toThrow('sum_rows cannot be differentiated')
  })
})

describe('a program', () => {
  const builder = new ProgramBuilder()
  const x = builder.input('x', [2])
  const w = builder.variable('w', [2])
  const y = builder.one('multiply', [x, w], {}, 'layer')
  builder.emit('moving_average', [w, y], { momentum: 0.1, factor: 1 })
  const program = builder.build({ y })

  it('prints one line per thing', () => {
    expect(printProgram(program)).toBe(
      [
        'input x [2]',
        'variable w [2]',
        '  %2 [2] = multiply(x, w)  # layer',
        '  w := moving_average(w, %2) {momentum 0.1, factor 1}',
        'output y = %2',
        '',
      ].join('\n'),
    )
  })

  it('is sound, or says what is not', () => {
    expect(problemsOf(program)).toEqual([])
    expect(problemsOf({ ...program, operations: program.operations.toReversed() })).toEqual([
      'moving_average reads value 2 before it is made',
      'multiply reads variable 1 after its update',
    ])
    const late = program.operations.map((operation, i) =>
      i === 0 ? { ...operation, phase: 'update' as const } : operation,
    )
    expect(problemsOf({ ...program, operations: late })).toEqual([
      'moving_average of the forward phase comes after the update phase',
    ])
    const values = program.values.map((value) => (value.id === 2 ? { ...value, shape: [3] } : value))
    expect(problemsOf({ ...program, values })).toContain('multiply makes [2], not [3]')
    expect(problemsOf({ ...program, outputs: { z: 9 } })).toEqual(["output 'z' is never made"])
  })
})
