import fc from 'fast-check'
import { expect, it } from 'vitest'
import { activationNames } from '../../../../src/runtime/operations/support/activations.js'
import { resampling, type AxisMap } from '../../../../src/runtime/operations/resample2d.js'
import { compare, noise } from '../../../support/compare-operation.js'
import { describeKernels } from '../../../support/tensorflow.js'

const seed = fc.nat(1000)
const size = fc.integer({ min: 1, max: 6 })
const one = (shape: readonly number[]) => ({ shape })
/** A block of `inner` cells within `inner + more`, somewhere. */
const span = fc.record({ inner: size, before: fc.nat(3), after: fc.nat(3) })

describeKernels('activations, blocks, resampling', (open) => {
  const engine = open()

  it.each(activationNames)('%s and its gradient', async (name) => {
    expect(activationNames.length).toBeGreaterThan(0)
    // From far below to far above every bend, and the bends themselves.
    const data = Float32Array.from([...noise(200, 5).map((each) => 9 * each), -3, 3, 0, 6])
    const shape = [data.length]
    const attributes = { function: name }
    await compare(engine, { operation: 'activation', operands: [{ shape, data }], attributes })
    const operands = [one(shape), { shape, data }]
    await compare(engine, { operation: 'activation_gradient', operands, attributes })
  })

  it('scale_channels by factors for all and per image', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, size, seed, async (batch, pixels, channels, seed) => {
        for (const shape of [
          [batch, channels],
          [batch, pixels, 2, channels],
        ]) {
          const perImage = shape.map((length, axis) => (axis === 0 || axis === shape.length - 1 ? length : 1))
          for (const factors of [[channels], perImage]) {
            await compare(engine, { operation: 'scale_channels', operands: [one(shape), one(factors)], seed })
            const attributes = { shape: factors }
            const operands = [one(shape), one(shape)]
            await compare(engine, { operation: 'scale_channels_gradient', operands, attributes, seed })
          }
        }
      }),
      { numRuns: 15, seed: 1 },
    )
  })

  it('slice, embed, transpose and constant, of up to four axes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 4 }), seed, async (spans, seed) => {
        const whole = spans.map(({ inner, before, after }) => inner + before + after)
        const [begin, block] = [spans.map(({ before }) => before), spans.map(({ inner }) => inner)]
        await compare(engine, { operation: 'slice', operands: [one(whole)], attributes: { begin, size: block }, seed })
        await compare(engine, { operation: 'embed', operands: [one(block)], attributes: { begin, shape: whole }, seed })
        const order = whole.map((_, axis) => (axis + seed) % whole.length)
        await compare(engine, { operation: 'transpose', operands: [one(whole)], attributes: { order }, seed })
        const values = [
          ...noise(
            block.reduce((a, b) => a * b),
            seed,
          ),
        ]
        await compare(engine, { operation: 'constant', operands: [], attributes: { shape: block, values } })
      }),
      { numRuns: 30, seed: 2 },
    )
  })

  it('batch_matmul in all four ways', async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        async (g, m, k, n, transposeA, transposeB) => {
          const operands = [one(transposeA ? [g, k, m] : [g, m, k]), one(transposeB ? [g, n, k] : [g, k, n])]
          await compare(engine, { operation: 'batch_matmul', operands, attributes: { transposeA, transposeB } })
        },
      ),
      { numRuns: 20, seed: 3 },
    )
  })

  it('resample2d by any map of either axis', async () => {
    const axis = (places: number): fc.Arbitrary<AxisMap> =>
      fc.tuple(fc.integer({ min: 1, max: 3 }), size).chain(([taps, out]) => {
        const entries = { minLength: taps * out, maxLength: taps * out }
        return fc.record({
          taps: fc.constant(taps),
          indices: fc.array(fc.nat(places - 1), entries),
          weights: fc.array(
            fc.integer({ min: -4, max: 4 }).map((each) => each / 4),
            entries,
          ),
        })
      })
    const sizes = fc
      .tuple(size, size)
      .chain(([height, width]) => fc.tuple(fc.constant([height, width] as const), axis(height), axis(width)))
    await fc.assert(
      fc.asyncProperty(sizes, size, seed, async ([[height, width], rows, columns], channels, seed) => {
        const operands = [one([2, height, width, channels])]
        await compare(engine, { operation: 'resample2d', operands, attributes: resampling(rows, columns), seed })
      }),
      { numRuns: 40, seed: 4 },
    )
  })
})
