import fc from 'fast-check'
import { it } from 'vitest'
import type { OperationName } from '../../../../src/runtime/operations/index.js'
import { compare, noise, type Operand } from '../../../support/compare-operation.js'
import { describeKernels } from '../../../support/tensorflow.js'

const map = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 20)),
)
const seed = fc.nat(1000)
const count = fc.integer({ min: 1, max: 70 })
const one = (shape: readonly number[]): Operand => ({ shape })
const scalar = (value: number): Operand => ({ shape: [], data: Float32Array.of(value) })
/** Positive, for variances. */
const positive = (size: number): Operand => ({ shape: [size], data: noise(size, 7).map((each) => each * each + 0.1) })
const variable = (shape: readonly number[]): Operand => ({ shape, variable: true })

describeKernels('operations over any shape', (open) => {
  const engine = open()

  it.each<[OperationName, number]>([
    ['relu', 1],
    ['relu_gradient', 2],
    ['multiply', 2],
    ['dot', 2],
  ])('%s', async (operation, operands) => {
    await fc.assert(
      fc.asyncProperty(count, seed, async (size, seed) => {
        await compare(engine, { operation, operands: Array.from({ length: operands }, () => one([size])), seed })
      }),
      { numRuns: 20, seed: 1 },
    )
  })

  it('long sums keep their digits', async () => {
    await compare(engine, { operation: 'dot', operands: [one([100_003]), one([100_003])] })
  })

  it('add, weighted_sum and its gradient over any number of terms', async () => {
    await fc.assert(
      fc.asyncProperty(count, fc.integer({ min: 1, max: 9 }), seed, async (size, terms, seed) => {
        const operands = Array.from({ length: terms }, () => one([size]))
        await compare(engine, { operation: 'add', operands, seed })
        // Indices in another order than terms, with an entry that no term has and one that two have.
        const attributes = { indices: operands.map((_, i) => (i === 3 ? 0 : terms - i)) }
        const weights = one([terms + 2])
        await compare(engine, { operation: 'weighted_sum', operands: [weights, ...operands], attributes, seed })
        const withGradient = [weights, one([size]), ...operands]
        await compare(engine, { operation: 'weighted_sum_gradient', operands: withGradient, attributes, seed })
      }),
      { numRuns: 20, seed: 2 },
    )
  })

  it('scale, scale_by_entry, drop_path', async () => {
    await fc.assert(
      fc.asyncProperty(map, seed, async (shape, seed) => {
        await compare(engine, { operation: 'scale', operands: [one(shape), scalar(-1.5)], seed })
        const operands = [one([5]), one(shape)]
        await compare(engine, { operation: 'scale_by_entry', operands, attributes: { index: 3 }, seed })
        await compare(engine, { operation: 'drop_path', operands: [one(shape), one([shape[0]])], seed })
      }),
      { numRuns: 15, seed: 3 },
    )
  })

  it('zeros, fill and reshape', async () => {
    await compare(engine, { operation: 'zeros', operands: [], attributes: { shape: [3, 7] } })
    await compare(engine, { operation: 'fill', operands: [], attributes: { shape: [5], value: 0.25 } })
    await compare(engine, { operation: 'reshape', operands: [one([2, 3, 4])], attributes: { shape: [6, 4] } })
  })

  it('batch norm in training, its gradient, and with running statistics', async () => {
    // The last axis is that of the channels, whatever the rank.
    const shapes = fc.oneof(map, fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 })))
    await fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), seed, async (shape, affine, seed) => {
        const c = shape.at(-1) ?? 1
        const own = affine ? [one([c]), one([c])] : []
        const attributes = { epsilon: 1e-5, affine }
        // Statistics of one row are degenerate: 1 / sqrt(epsilon) magnifies the last digits.
        const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1)
        const tolerance = rows < 4 ? 1e-2 : 1e-4
        const x = one(shape)
        await compare(engine, { operation: 'batch_norm_train', operands: [x, ...own], attributes, seed, tolerance })
        await compare(engine, {
          operation: 'batch_norm_train_gradient',
          operands: [x, one(shape), one([c]), positive(c), ...own.slice(1)],
          attributes: { affine },
          seed,
          tolerance: 5e-5,
        })
        const operands = [x, one([c]), positive(c), ...own]
        await compare(engine, { operation: 'batch_norm_inference', operands, attributes, seed })
      }),
      { numRuns: 40, seed: 4 },
    )
  })

  it('shift2d by any distance', async () => {
    const shift = fc.integer({ min: -10, max: 10 })
    await fc.assert(
      fc.asyncProperty(map, shift, shift, seed, async (shape, down, right, seed) => {
        await compare(engine, { operation: 'shift2d', operands: [one(shape)], attributes: { down, right }, seed })
      }),
      { numRuns: 40, seed: 8 },
    )
  })

  it('concat, slice and pad of channels, of any rank', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    const leading = fc.constantFrom<number[]>([], [3], [2, 4, 1])
    await fc.assert(
      fc.asyncProperty(sizes, leading, seed, async (sizes, leading, seed) => {
        const operands = sizes.map((size) => one([...leading, size]))
        await compare(engine, { operation: 'concat_channels', operands, seed })
        const total = sizes.reduce((a, b) => a + b)
        const whole = [one([...leading, total])]
        const slice = { from: total >> 2, to: total - (total >> 3) }
        await compare(engine, { operation: 'slice_channels', operands: whole, attributes: slice, seed })
        const pad = { from: 2, channels: total + 5 }
        await compare(engine, { operation: 'pad_channels', operands: whole, attributes: pad, seed })
      }),
      { numRuns: 20, seed: 9 },
    )
  })

  it('softmax, cross-entropy, their gradients and the count of hits', async () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 12 }))
    await fc.assert(
      fc.asyncProperty(table, seed, fc.constantFrom(1, 0.1, 5), fc.constantFrom(0, 0.1), async (shape, ...rest) => {
        const [seed, temperature, smoothing] = rest
        const [rows, size] = shape
        await compare(engine, { operation: 'softmax', operands: [one(shape)], attributes: { temperature }, seed })
        const pair = [one(shape), one(shape)]
        await compare(engine, { operation: 'softmax_gradient', operands: pair, attributes: { temperature }, seed })
        const labels = { shape: [rows], data: Int32Array.from({ length: rows }, (_, i) => (i * 7 + seed) % size) }
        const logits = { shape, data: noise(rows * size, seed).map((each) => 30 * each) }
        const operands = [logits, labels]
        await compare(engine, { operation: 'softmax_cross_entropy', operands, attributes: { smoothing } })
        const gradient = [one(shape), labels, scalar(1.5)]
        await compare(engine, {
          operation: 'softmax_cross_entropy_gradient',
          operands: gradient,
          attributes: { smoothing },
          seed,
        })
        const soft = { attributes: { temperature }, seed, tolerance: 1e-4 }
        await compare(engine, { operation: 'soft_cross_entropy', operands: [logits, one(shape)], ...soft })
        const softGradient = [one(shape), one(shape), scalar(1.5)]
        await compare(engine, { operation: 'soft_cross_entropy_gradient', operands: softGradient, ...soft })
        // Few distinct scores, so that most rows have several maxima.
        const tied = { shape, data: noise(rows * size, seed).map((each) => Math.round(each)) }
        await compare(engine, { operation: 'correct_count', operands: [tied, labels] })
      }),
      { numRuns: 30, seed: 10 },
    )
  })

  it('matmul in all four ways, bias_add, sum_rows', async () => {
    const size = fc.integer({ min: 1, max: 20 })
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), async (m, k, n, transposeA, transposeB) => {
        const operands = [one(transposeA ? [k, m] : [m, k]), one(transposeB ? [n, k] : [k, n])]
        await compare(engine, { operation: 'matmul', operands, attributes: { transposeA, transposeB } })
        for (const shape of [[n], [m, n], [2, m, 1, n]]) {
          await compare(engine, { operation: 'bias_add', operands: [one(shape), one([n])] })
          await compare(engine, { operation: 'sum_rows', operands: [one(shape)] })
        }
      }),
      { numRuns: 20, seed: 11 },
    )
  })

  it('accumulate, clear and stop_gradient', async () => {
    await compare(engine, { operation: 'accumulate', operands: [variable([2, 7]), one([2, 7])] })
    await compare(engine, { operation: 'clear', operands: [variable([2, 7])] })
    await compare(engine, { operation: 'stop_gradient', operands: [one([2, 7])] })
  })

  it('clip_scale, where it clips and where it does not', async () => {
    for (const norm of [0.5, 1000]) {
      const operands = [one([3, 4]), one([7]), one([])]
      await compare(engine, { operation: 'clip_scale', operands, attributes: { norm } })
    }
  })

  it('sgd, adam and moving averages update their variables', async () => {
    const options = fc.record({ decay: fc.constantFrom(0, 3e-4), nesterov: fc.boolean(), clipped: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(map, options, seed, async (shape, { decay, nesterov, clipped }, seed) => {
        const clip = clipped ? [scalar(0.4)] : []
        const state = [variable(shape), variable(shape)]
        const momentum = 0.9
        await compare(engine, {
          operation: 'sgd',
          operands: [...state, one(shape), scalar(0.025), ...clip],
          attributes: { momentum, decay, nesterov, clipped },
          seed,
        })
        const second = {
          ...variable(shape),
          data: noise(
            shape.reduce((a, b) => a * b),
            seed,
          ).map((each) => each * each),
        }
        await compare(engine, {
          operation: 'adam',
          operands: [...state, second, one(shape), scalar(0.01), scalar(3), ...clip],
          attributes: { beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay, clipped },
          seed,
          tolerance: 1e-4,
        })
        const average = { momentum: 0.1, factor: 1.25 }
        const two = [variable(shape), one(shape)]
        await compare(engine, { operation: 'moving_average', operands: two, attributes: average, seed })
        const three = [...two, scalar(0.3)]
        await compare(engine, { operation: 'moving_average', operands: three, attributes: average, seed })
      }),
      { numRuns: 15, seed: 12 },
    )
  })
})
