import { describe, expect, it } from 'vitest'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { interpret } from '../../../src/runtime/program/interpret.js'
import { paddingOf } from '../../../src/runtime/operations/support/window.js'
import { evaluateOperation, largestDifference, numbersFrom, randomArray } from '../../support/numbers.js'

const from1to = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

describe('windows', () => {
  it('pad as PyTorch does: (kernel - 1) / 2 times the dilation', () => {
    expect(paddingOf({ kernel: 3, stride: 1, dilation: 1 })).toBe(1)
    expect(paddingOf({ kernel: 5, stride: 2, dilation: 2 })).toBe(4)
    expect(paddingOf({ kernel: 1, stride: 2, dilation: 1 })).toBe(0)
  })
})

describe('references on numbers worked out by hand', () => {
  it('conv2d sums a 3x3 window, zeros outside', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('conv2d', x, { stride: 1, dilation: 1, groups: 1 }),
      [
        { shape: [1, 3, 3, 1], data: from1to(9) },
        { shape: [3, 3, 1, 1], data: from1to(9).map(() => 1) },
      ],
    )
    expect(y).toEqual([12, 21, 16, 27, 45, 33, 24, 39, 28])
  })

  it('conv2d with stride 2 starts at the first pixel and keeps ceil(size / 2)', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('conv2d', x, { stride: 2, dilation: 1, groups: 1 }),
      [
        { shape: [1, 3, 3, 1], data: from1to(9) },
        { shape: [1, 1, 1, 2], data: [1, 10] },
      ],
    )
    expect(y).toEqual([1, 10, 3, 30, 7, 70, 9, 90])
  })

  it('conv2d with dilation 2 reads every other pixel', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('conv2d', x, { stride: 1, dilation: 2, groups: 1 }),
      [
        { shape: [1, 1, 5, 1], data: [1, 2, 3, 4, 5] },
        { shape: [3, 3, 1, 1], data: [0, 0, 0, 100, 10, 1, 0, 0, 0] },
      ],
    )
    expect(y).toEqual([13, 24, 135, 240, 350])
  })

  it('grouped conv2d with as many groups as channels is a depthwise convolution', () => {
    const random = numbersFrom(5)
    const x = { shape: [2, 5, 4, 3], data: Array.from(randomArray([2, 5, 4, 3], random)) }
    const kernel = Array.from(randomArray([3, 3, 3], random))
    const [grouped] = evaluateOperation(
      (b, ids) => b.emit('conv2d', ids, { stride: 2, dilation: 2, groups: 3 }),
      [x, { shape: [3, 3, 1, 3], data: kernel }],
    )
    const [depthwise] = evaluateOperation(
      (b, ids) => b.emit('depthwise2d', ids, { stride: 2, dilation: 2 }),
      [x, { shape: [3, 3, 3], data: kernel }],
    )
    expect(largestDifference(grouped ?? [], depthwise ?? [])).toBe(0)
  })

  it('max_pool2d ignores the padding and gives the gradient to the first maximum', () => {
    const x = { shape: [1, 2, 2, 1], data: [-3, -1, -1, -2] }
    const [y] = evaluateOperation((b, ids) => b.emit('max_pool2d', ids, { kernel: 3, stride: 2 }), [x])
    expect(y).toEqual([-1])
    const [dx] = evaluateOperation(
      (b, ids) => b.emit('max_pool2d_gradient', ids, { kernel: 3, stride: 2 }),
      [x, { shape: [1, 1, 1, 1], data: [-1] }, { shape: [1, 1, 1, 1], data: [7] }],
    )
    expect(dx).toEqual([0, 7, 0, 0])
  })

  it('avg_pool2d does not count the padding', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('avg_pool2d', x, { kernel: 3, stride: 1 }),
      [{ shape: [1, 2, 2, 1], data: [1, 2, 3, 6] }],
    )
    expect(y).toEqual([3, 3, 3, 3])
  })

  it('shift2d moves up and left, zeros come in', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('shift2d', x, { down: 1, right: 1 }),
      [{ shape: [1, 3, 3, 1], data: from1to(9) }],
    )
    expect(y).toEqual([5, 6, 0, 8, 9, 0, 0, 0, 0])
  })

  it('batch_norm_train gives mean 0 and variance 1, and the biased variance', () => {
    const [y, mean, variance, inverse] = evaluateOperation(
      (b, x) => b.emit('batch_norm_train', x, { epsilon: 0, affine: false }),
      [{ shape: [4, 1, 1, 1], data: [1, 3, 5, 7] }],
    )
    expect([mean, variance]).toEqual([[4], [5]])
    expect(inverse?.[0]).toBeCloseTo(1 / Math.sqrt(5), 12)
    expect(y?.map((each) => each * Math.sqrt(5))).toEqual(
      [-3, -1, 1, 3].map((each) => expect.closeTo(each, 12) as number),
    )
  })

  it('softmax_cross_entropy of equal logits is log(classes), smoothed or not; wrong by a half is log(2)', () => {
    const inputs = [
      { shape: [2, 4], data: [0, 0, 0, 0, 5, 5, 5, 5] },
      { shape: [2], data: [1, 3], dtype: 'int32' as const },
    ]
    for (const smoothing of [0, 0.2]) {
      const [loss] = evaluateOperation((b, x) => b.emit('softmax_cross_entropy', x, { smoothing }), inputs)
      expect(loss?.[0]).toBeCloseTo(Math.log(4), 12)
    }
  })

  it('softmax_cross_entropy survives large logits', () => {
    const [loss] = evaluateOperation(
      (b, x) => b.emit('softmax_cross_entropy', x, { smoothing: 0 }),
      [
        { shape: [1, 2], data: [1000, -1000] },
        { shape: [1], data: [1], dtype: 'int32' },
      ],
    )
    expect(loss?.[0]).toBe(2000)
  })

  it('correct_count takes the first maximum', () => {
    const [count] = evaluateOperation(
      (b, x) => b.emit('correct_count', x),
      [
        { shape: [3, 3], data: [1, 1, 0, 0, 2, 1, 0, 1, 1] },
        { shape: [3], data: [0, 1, 2], dtype: 'int32' },
      ],
    )
    expect(count).toEqual([2])
  })

  it('clip_scale is 1 below the norm and norm / length above it', () => {
    const gradients = [
      { shape: [2], data: [3, 0] },
      { shape: [1], data: [4] },
    ]
    const of = (norm: number) => evaluateOperation((b, x) => b.emit('clip_scale', x, { norm }), gradients)[0]?.[0]
    expect(of(6)).toBe(1)
    expect(of(1)).toBeCloseTo(0.2, 6)
  })

  it('clip_value keeps what is within the limit to the bit, and cuts off the rest', () => {
    const data = [0.1, -0.1, 1e-12, 0, 0.25, -0.25, 3, -7].map(Math.fround)
    const [clipped] = evaluateOperation((b, x) => b.emit('clip_value', x, { limit: 0.25 }), [{ shape: [2, 4], data }])
    expect(clipped).toEqual([...data.slice(0, 6), 0.25, -0.25])
  })
})

describe('small operations', () => {
  it('act on every element', () => {
    const of = (
      operation: 'log' | 'exp' | 'power' | 'divide' | 'subtract' | 'sum_all',
      data: readonly (readonly number[])[],
      attributes = {},
    ): readonly number[] | undefined => {
      const inputs = data.map((each) => ({ shape: [each.length], data: each }))
      return evaluateOperation((b, x) => b.emit(operation, x, attributes), inputs)[0]
    }
    expect(of('log', [[1, Math.E]])).toEqual([0, 1])
    expect(of('exp', [[0, 1]])).toEqual([1, Math.E])
    expect(of('power', [[4, 9]], { exponent: -0.5 })).toEqual([0.5, 1 / 3])
    expect(of('divide', [[4, -9], [8, 3]])).toEqual([0.5, -3]) // prettier-ignore
    expect(of('subtract', [[4, -9], [8, 3]])).toEqual([-4, -12]) // prettier-ignore
    expect(of('sum_all', [[4, -9, 2]])).toEqual([-3])
  })

  it('soft_cross_entropy against a row of the softmax itself is its entropy, and gives that softmax', () => {
    const targets = [1 / 4, 3 / 4]
    const [loss, probabilities] = evaluateOperation(
      (b, x) => b.emit('soft_cross_entropy', x, { temperature: 2 }),
      [
        { shape: [1, 2], data: [1000, 1000 + 2 * Math.log(3)] },
        { shape: [1, 2], data: targets },
      ],
    )
    const entropy = -targets.reduce((sum, share) => sum + share * Math.log(share), 0)
    expect(loss?.[0]).toBeCloseTo(entropy, 10)
    expect(probabilities).toEqual(targets.map((share) => expect.closeTo(share, 10) as number))
  })

  it('l2_normalise gives rows of length 1 and keeps rows of zeros', () => {
    const x = { shape: [3, 2], data: [3, 4, 0, 0, 0, -7] }
    const [y] = evaluateOperation((b, ids) => b.emit('l2_normalise', ids), [x])
    expect(y).toEqual([0.6, 0.8, 0, 0, 0, -1])
    const dy = { shape: [3, 2], data: [1, 0, 0, 0, 5, 0] }
    const [dx] = evaluateOperation((b, ids) => b.emit('l2_normalise_gradient', ids), [x, dy])
    expect(dx).toEqual([0.128, -0.096, 0, 0, 5 / 7, 0].map((each) => expect.closeTo(each, 12) as number))
  })

  it('straight_through marks the first maximum of every row', () => {
    const [y] = evaluateOperation(
      (b, x) => b.emit('straight_through', x),
      [{ shape: [2, 3], data: [-1, 5, 5, -3, -4, -5] }],
    )
    expect(y).toEqual([0, 1, 0, 1, 0, 0])
  })
})

describe('updates', () => {
  it('accumulate adds to a variable, clear empties it', () => {
    const builder = new ProgramBuilder()
    const [sum, rest] = [builder.variable('sum', [2]), builder.variable('rest', [2])]
    builder.emit('accumulate', [sum, builder.input('value', [2])])
    builder.emit('clear', [rest])
    const variables = new Map(['sum', 'rest'].map((name) => [name, Float64Array.of(1, 2)]))
    interpret(builder.build({}), { inputs: { value: Float64Array.of(0.5, -5) }, variables })
    expect([...variables.values()].map((data) => [...data])).toEqual([
      [1.5, -3],
      [0, 0],
    ])
  })

  const update = (
    operation: 'sgd' | 'adam',
    attributes: Record<string, number | boolean>,
    state: readonly string[],
    gradients: readonly number[],
  ): number => {
    const builder = new ProgramBuilder()
    const variables = new Map(['w', ...state].map((name) => [name, Float64Array.of(name === 'w' ? 1 : 0)]))
    const named = ['w', ...state].map((name) => builder.variable(name, [1]))
    const scalars = ['rate', ...(operation === 'adam' ? ['step'] : [])].map((name) => builder.input(name, []))
    builder.emit(operation, [...named, builder.input('gradient', [1]), ...scalars], { ...attributes, clipped: false })
    const program = builder.build({})
    gradients.forEach((gradient, i) => {
      interpret(program, { inputs: { gradient, rate: 0.1, step: i + 1 }, variables, precision: 'double' })
    })
    return variables.get('w')?.[0] ?? NaN
  }

  it('sgd follows torch.optim.SGD', () => {
    // Step 1: g = 2 + 0.5 * 1 = 2.5, v = 2.5, w = 0.75. Step 2: g = 1.375, v = 0.9 * 2.5 + 1.375 = 3.625, w = 0.3875.
    expect(update('sgd', { momentum: 0.9, decay: 0.5, nesterov: false }, ['v'], [2, 1])).toBeCloseTo(0.3875, 12)
    // Nesterov, step 1: w = 1 - 0.1 * (2 + 0.9 * 2) = 0.62; step 2: v = 2.8, w = 0.62 - 0.1 * (1 + 2.52) = 0.268.
    expect(update('sgd', { momentum: 0.9, decay: 0, nesterov: true }, ['v'], [2, 1])).toBeCloseTo(0.268, 12)
  })

  it('adam moves by the rate at first, whatever the gradient, and corrects its bias', () => {
    const attributes = { beta1: 0.5, beta2: 0.999, epsilon: 0, decay: 0 }
    expect(update('adam', attributes, ['m', 'v'], [123])).toBeCloseTo(0.9, 12)
    // Step 2 with g = -2 after g = 2: m = 0.5 * 1 - 1 = -0.5, divided by 1 - 0.25; the mean square is 4.
    expect(update('adam', attributes, ['m', 'v'], [2, -2])).toBeCloseTo(0.9 + (0.1 * (0.5 / 0.75)) / 2, 12)
    // Decay is part of the gradient: 0 + 0.5 * w.
    expect(update('adam', { ...attributes, decay: 0.5 }, ['m', 'v'], [0])).toBeCloseTo(0.9, 12)
  })

  it('moving_average takes its momentum from the attribute or from a third input', () => {
    const builder = new ProgramBuilder()
    const value = builder.input('value', [2])
    builder.emit('moving_average', [builder.variable('a', [2]), value], { momentum: 0.1, factor: 2 })
    builder.emit('moving_average', [builder.variable('b', [2]), value, builder.input('momentum', [])], {
      momentum: 1,
      factor: 1,
    })
    const variables = new Map([
      ['a', Float64Array.of(1, 0)],
      ['b', Float64Array.of(1, 0)],
    ])
    const inputs = { value: Float64Array.of(3, 5), momentum: 0.5 }
    interpret(builder.build({}), { inputs, variables, precision: 'double' })
    expect(Array.from(variables.get('a') ?? [])).toEqual([1.5, 1].map((each) => expect.closeTo(each, 12) as number))
    expect(Array.from(variables.get('b') ?? [])).toEqual([2, 2.5])
  })
})

describe('shapes', () => {
  it('that do not fit are refused', () => {
    const builder = new ProgramBuilder()
    const x = builder.input('x', [1, 4, 4, 3])
    const kernel = builder.variable('kernel', [3, 3, 2, 4])
    expect(() => builder.emit('conv2d', [x, kernel], { stride: 1, dilation: 1, groups: 1 })).toThrow('does not fit')
    expect(() => builder.emit('add', [x, kernel])).toThrow('differ')
    expect(() => builder.input('x', [1])).toThrow('two shapes')
  })
})
