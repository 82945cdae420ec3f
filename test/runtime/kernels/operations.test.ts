import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { operations, type OperationName } from '../../../src/runtime/operations/index.js'
import { compare, noise, openBothWasm, type Operand } from '../../support/compare-operation.js'

let engines: readonly Engine[]
beforeAll(async () => {
  engines = await openBothWasm()
})

const channels = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(12, 16, 20, 36))
const map = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  channels,
)
const seed = fc.nat(1000)
const count = fc.integer({ min: 1, max: 70 })

const one = (shape: readonly number[]): Operand => ({ shape })
const scalar = (value: number): Operand => ({ shape: [], data: Float32Array.of(value) })
/** Positive, for variances. */
const positive = (size: number): Operand => ({ shape: [size], data: noise(size, 7).map((each) => each * each + 0.1) })

describe('operations over flat arrays', () => {
  it.each<[OperationName, number]>([
    ['relu', 1],
    ['relu_gradient', 2],
    ['multiply', 2],
    ['dot', 2],
  ])('%s', async (operation, operands) => {
    await fc.assert(
      fc.asyncProperty(count, seed, async (size, seed) => {
        await compare(engines, { operation, operands: Array.from({ length: operands }, () => one([size])), seed })
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it('long sums keep their digits', async () => {
    await compare(engines, { operation: 'dot', operands: [one([100_003]), one([100_003])] })
  })

  it('add and weighted_sum over any number of terms', async () => {
    await fc.assert(
      fc.asyncProperty(count, fc.integer({ min: 1, max: 9 }), seed, async (size, terms, seed) => {
        const operands = Array.from({ length: terms }, () => one([size]))
        await compare(engines, { operation: 'add', operands, seed })
        // Indices in another order than terms, with an entry that no term has and one that two have.
        const indices = operands.map((_, i) => (i === 3 ? 0 : terms - i))
        const attributes = { indices }
        const weights = one([terms + 2])
        await compare(engines, { operation: 'weighted_sum', operands: [weights, ...operands], attributes, seed })
        const withGradient = [weights, one([size]), ...operands]
        await compare(engines, { operation: 'weighted_sum_gradient', operands: withGradient, attributes, seed })
      }),
      { numRuns: 40, seed: 2 },
    )
  })

  it('scale, scale_by_entry, drop_path', async () => {
    await fc.assert(
      fc.asyncProperty(map, seed, async (shape, seed) => {
        await compare(engines, { operation: 'scale', operands: [one(shape), scalar(-1.5)], seed })
        await compare(engines, {
          operation: 'scale_by_entry',
          operands: [one([5]), one(shape)],
          attributes: { index: 3 },
          seed,
        })
        await compare(engines, { operation: 'drop_path', operands: [one(shape), one([shape[0]])], seed })
      }),
      { numRuns: 20, seed: 3 },
    )
  })

  it('zeros, fill and reshape', async () => {
    await compare(engines, { operation: 'zeros', operands: [], attributes: { shape: [3, 7] } })
    await compare(engines, { operation: 'fill', operands: [], attributes: { shape: [5], value: 0.25 } })
    await compare(engines, { operation: 'reshape', operands: [one([2, 3, 4])], attributes: { shape: [6, 4] } })
    await compare(engines, { operation: 'stop_gradient', operands: [one([2, 3, 4])] })
  })
})

describe('batch norm', () => {
  it('training forward and backward, with and without scale and shift', async () => {
    await fc.assert(
      fc.asyncProperty(map, fc.boolean(), seed, async (shape, affine, seed) => {
        const c = shape[3]
        const own = affine ? [one([c]), one([c])] : []
        const attributes = { epsilon: 1e-5, affine }
        // Statistics of one row are degenerate: 1 / sqrt(epsilon) magnifies the last digits.
        const rows = shape[0] * shape[1] * shape[2]
        const tolerance = rows < 4 ? 1e-2 : 1e-4
        await compare(engines, {
          operation: 'batch_norm_train',
          operands: [one(shape), ...own],
          attributes,
          seed,
          tolerance,
        })
        await compare(engines, {
          operation: 'batch_norm_train_gradient',
          operands: [one(shape), one(shape), one([c]), positive(c), ...own.slice(1)],
          attributes: { affine },
          seed,
        })
        await compare(engines, {
          operation: 'batch_norm_inference',
          operands: [one(shape), one([c]), positive(c), ...own],
          attributes,
          seed,
        })
      }),
      { numRuns: 60, seed: 4 },
    )
  })

  it('keeps its digits over many rows far from zero', async () => {
    const shape = [16, 16, 16, 20]
    const data = noise(16 * 16 * 16 * 20, 3).map((each) => 100 + each)
    const attributes = { epsilon: 1e-5, affine: false }
    await compare(engines, { operation: 'batch_norm_train', operands: [{ shape, data }], attributes, tolerance: 2e-4 })
  })
})

describe('pooling', () => {
  const pool = fc.tuple(map, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 }), seed)

  it('forward and backward, whatever kernel and stride', async () => {
    await fc.assert(
      fc.asyncProperty(pool, async ([shape, kernel, stride, seed]) => {
        const [batch, height, width, c] = shape
        const attributes = { kernel, stride }
        const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), c]
        await compare(engines, { operation: 'max_pool2d', operands: [one(shape)], attributes, seed })
        await compare(engines, { operation: 'avg_pool2d', operands: [one(shape)], attributes, seed })
        const size = { ...attributes, inputHeight: height, inputWidth: width }
        await compare(engines, { operation: 'avg_pool2d_gradient', operands: [one(out)], attributes: size, seed })
      }),
      { numRuns: 80, seed: 5 },
    )
  })

  it('the gradient of a maximum goes to the first of equals', async () => {
    await fc.assert(
      fc.asyncProperty(pool, async ([shape, kernel, stride, seed]) => {
        // Few distinct values, so that most windows have several maxima.
        const data = noise(
          shape.reduce((a, b) => a * b),
          seed,
        ).map((each) => Math.round(each * 2))
        await compareMaxPoolGradient(shape, data, kernel, stride, seed)
      }),
      { numRuns: 60, seed: 6 },
    )
  })

  it('global', async () => {
    await fc.assert(
      fc.asyncProperty(map, seed, async (shape, seed) => {
        const [batch, inputHeight, inputWidth, c] = shape
        await compare(engines, { operation: 'global_avg_pool', operands: [one(shape)], seed })
        const attributes = { inputHeight, inputWidth }
        await compare(engines, {
          operation: 'global_avg_pool_gradient',
          operands: [one([batch, 1, 1, c])],
          attributes,
          seed,
        })
      }),
      { numRuns: 20, seed: 7 },
    )
  })
})

async function compareMaxPoolGradient(
  shape: readonly number[],
  data: Float32Array,
  kernel: number,
  stride: number,
  seed: number,
): Promise<void> {
  const [batch = 1, height = 1, width = 1, c = 1] = shape
  const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride), c]
  const y = new Float32Array(out.reduce((a, b) => a * b))
  operations.max_pool2d.reference([data], [y], { inputs: [shape], outputs: [out] }, { kernel, stride })
  await compare(engines, {
    operation: 'max_pool2d_gradient',
    operands: [{ shape, data }, { shape: out, data: y }, one(out)],
    attributes: { kernel, stride },
    seed,
  })
}

describe('layout', () => {
  it('shift2d, by any distance', async () => {
    const shift = fc.integer({ min: -10, max: 10 })
    await fc.assert(
      fc.asyncProperty(map, shift, shift, seed, async (shape, down, right, seed) => {
        await compare(engines, { operation: 'shift2d', operands: [one(shape)], attributes: { down, right }, seed })
      }),
      { numRuns: 60, seed: 8 },
    )
  })

  it('concat, slice and pad of channels', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 6 }), seed, async (sizes, pixels, seed) => {
        const operands = sizes.map((size) => one([1, pixels, 1, size]))
        await compare(engines, { operation: 'concat_channels', operands, seed })
        const total = sizes.reduce((a, b) => a + b)
        const [from, to] = [total >> 2, total - (total >> 3)]
        const whole = [one([1, pixels, 1, total])]
        await compare(engines, { operation: 'slice_channels', operands: whole, attributes: { from, to }, seed })
        await compare(engines, {
          operation: 'pad_channels',
          operands: whole,
          attributes: { from: 2, channels: total + 5 },
          seed,
        })
      }),
      { numRuns: 30, seed: 9 },
    )
  })
})

describe('classification', () => {
  const table = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 12 }))

  it('softmax and its gradient', async () => {
    await fc.assert(
      fc.asyncProperty(table, seed, fc.constantFrom(1, 0.1, 5), async (shape, seed, temperature) => {
        const attributes = { temperature }
        await compare(engines, { operation: 'softmax', operands: [one(shape)], attributes, seed })
        await compare(engines, { operation: 'softmax_gradient', operands: [one(shape), one(shape)], attributes, seed })
      }),
      { numRuns: 30, seed: 10 },
    )
  })

  it('cross-entropy against probabilities and its gradient', async () => {
    await fc.assert(
      fc.asyncProperty(table, seed, fc.constantFrom(1, 0.1, 5), async ([rows, size], seed, temperature) => {
        const attributes = { temperature }
        const logits = { shape: [rows, size], data: noise(rows * size, seed).map((each) => 30 * each) }
        const operands = [logits, one([rows, size])]
        await compare(engines, { operation: 'soft_cross_entropy', operands, attributes, seed, tolerance: 1e-4 })
        const gradient = [one([rows, size]), one([rows, size]), scalar(1.5)]
        await compare(engines, { operation: 'soft_cross_entropy_gradient', operands: gradient, attributes, seed })
      }),
      { numRuns: 40, seed: 15 },
    )
  })

  it('cross-entropy, its gradient and the count of hits', async () => {
    await fc.assert(
      fc.asyncProperty(table, seed, fc.constantFrom(0, 0.1), async ([rows, size], seed, smoothing) => {
        const labels = { shape: [rows], data: Int32Array.from({ length: rows }, (_, i) => (i * 7 + seed) % size) }
        const logits = { shape: [rows, size], data: noise(rows * size, seed).map((each) => 30 * each) }
        const attributes = { smoothing }
        await compare(engines, { operation: 'softmax_cross_entropy', operands: [logits, labels], attributes })
        const operands = [one([rows, size]), labels, scalar(1.5)]
        await compare(engines, { operation: 'softmax_cross_entropy_gradient', operands, attributes, seed })
        const few = { ...logits, data: logits.data.map((each) => Math.round(each / 20)) }
        await compare(engines, { operation: 'correct_count', operands: [few, labels] })
      }),
      { numRuns: 40, seed: 11 },
    )
  })
})

it('matmul, bias_add, sum_rows', async () => {
  const size = fc.integer({ min: 1, max: 21 })
  await fc.assert(
    fc.asyncProperty(
      size,
      size,
      size,
      fc.boolean(),
      fc.boolean(),
      seed,
      async (m, n, k, transposeA, transposeB, seed) => {
        const operands = [one(transposeA ? [k, m] : [m, k]), one(transposeB ? [n, k] : [k, n])]
        await compare(engines, { operation: 'matmul', operands, attributes: { transposeA, transposeB }, seed })
        await compare(engines, { operation: 'bias_add', operands: [one([m, n]), one([n])], seed })
        await compare(engines, { operation: 'sum_rows', operands: [one([m, n])], seed })
      },
    ),
    { numRuns: 80, seed: 12 },
  )
})

describe('updates of variables', () => {
  const variable = (size: number): Operand => ({ shape: [size], variable: true })

  it('moving_average', async () => {
    const operands = [variable(13), one([13])]
    await compare(engines, { operation: 'moving_average', operands, attributes: { momentum: 0.1, factor: 1.25 } })
    const attributes = { momentum: 0, factor: 1 }
    await compare(engines, { operation: 'moving_average', operands: [...operands, scalar(0.25)], attributes })
  })

  it('sgd', async () => {
    await fc.assert(
      fc.asyncProperty(count, fc.boolean(), fc.boolean(), seed, async (size, nesterov, clipped, seed) => {
        const operands = [variable(size), variable(size), one([size]), scalar(0.3), ...(clipped ? [scalar(0.5)] : [])]
        const attributes = { momentum: 0.9, decay: 0.01, nesterov, clipped }
        await compare(engines, { operation: 'sgd', operands, attributes, seed })
      }),
      { numRuns: 20, seed: 13 },
    )
  })

  it('adam', async () => {
    await fc.assert(
      fc.asyncProperty(count, fc.constantFrom(1, 2, 1000), fc.boolean(), seed, async (size, step, clipped, seed) => {
        const second = { shape: [size], variable: true as const, data: noise(size, seed).map((each) => each * each) }
        const operands = [variable(size), variable(size), second, one([size]), scalar(0.01), scalar(step)]
        const attributes = { beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 0.001, clipped }
        const trial = {
          operation: 'adam',
          operands: [...operands, ...(clipped ? [scalar(0.5)] : [])],
          attributes,
          seed,
        } as const
        await compare(engines, trial)
      }),
      { numRuns: 30, seed: 14 },
    )
  })

  it('accumulate and clear', async () => {
    await fc.assert(
      fc.asyncProperty(count, seed, async (size, seed) => {
        await compare(engines, { operation: 'accumulate', operands: [variable(size), one([size])], seed })
        await compare(engines, { operation: 'clear', operands: [variable(size)], seed })
      }),
      { numRuns: 20, seed: 16 },
    )
  })

  it('clip_scale', async () => {
    const operands = [one([5]), one([2, 3]), one([5000])]
    await compare(engines, { operation: 'clip_scale', operands, attributes: { norm: 5 } })
    await compare(engines, { operation: 'clip_scale', operands, attributes: { norm: 5000 } })
  })
})
