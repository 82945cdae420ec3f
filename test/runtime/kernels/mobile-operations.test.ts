import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { activationNames, activations } from '../../../src/runtime/operations/support/activations.js'
import { axisMap, picked, resampling } from '../../../src/runtime/operations/resample2d.js'
import { compare, noise, openBothWasm, type Operand } from '../../support/compare-operation.js'

let engines: readonly Engine[]
beforeAll(async () => {
  engines = await openBothWasm()
})

const seed = fc.nat(1000)
const map = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 13 }),
)
const one = (shape: readonly number[]): Operand => ({ shape })

describe('activations', () => {
  it.each(activationNames)('%s and its gradient, also far from zero', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 5, 200), seed, async (size, range, seed) => {
        const x = { shape: [size], data: noise(size, seed).map((each) => each * range) }
        const attributes = { function: name }
        await compare(engines, { operation: 'activation', operands: [x], attributes })
        await compare(engines, { operation: 'activation_gradient', operands: [one([size]), x], attributes, seed })
      }),
      { numRuns: 20, seed: 1 },
    )
  })

  it('have the values of their definitions', () => {
    expect(activations.relu6.value(7)).toBe(6)
    expect(activations.swish.value(1)).toBeCloseTo(0.7310585786, 9)
    expect(activations.hswish.value(1)).toBeCloseTo(2 / 3, 12)
    expect(activations.hsigmoid.value(-1)).toBeCloseTo(1 / 3, 12)
    expect(activations.gelu.value(1)).toBeCloseTo(0.8413447461, 9)
    expect(activations.gelu_tanh.value(1)).toBeCloseTo(0.8411919906, 9)
  })
})

describe('channels', () => {
  it('scale_channels and its gradient, factors of all images and of each', async () => {
    await fc.assert(
      fc.asyncProperty(map, fc.boolean(), seed, async (shape, perImage, seed) => {
        const factors = perImage ? [shape[0], 1, 1, shape[3]] : [shape[3]]
        await compare(engines, { operation: 'scale_channels', operands: [one(shape), one(factors)], seed })
        await compare(engines, {
          operation: 'scale_channels_gradient',
          operands: [one(shape), one(shape)],
          attributes: { shape: factors },
          seed,
        })
      }),
      { numRuns: 30, seed: 2 },
    )
  })
})

describe('blocks', () => {
  it('transpose', async () => {
    const orders = [
      [3, 2, 1, 0],
      [0, 2, 1, 3],
      [0, 1, 3, 2],
      [1, 0, 2, 3],
    ]
    await fc.assert(
      fc.asyncProperty(map, fc.constantFrom(...orders), seed, async (shape, order, seed) => {
        await compare(engines, { operation: 'transpose', operands: [one(shape)], attributes: { order }, seed })
      }),
      { numRuns: 30, seed: 3 },
    )
    await compare(engines, { operation: 'transpose', operands: [one([5, 3])], attributes: { order: [1, 0] } })
  })

  it('slice and embed', async () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(map, fc.tuple(part, part, part, part), seed, async (shape, parts, seed) => {
        const begin = shape.map((size, axis) => Math.floor((size - 1) * (parts[axis] ?? 0)))
        const size = shape.map((all, axis) => Math.ceil((all - (begin[axis] ?? 0)) * (parts[3 - axis] ?? 0)) || 1)
        await compare(engines, { operation: 'slice', operands: [one(shape)], attributes: { begin, size }, seed })
        await compare(engines, { operation: 'embed', operands: [one(size)], attributes: { begin, shape }, seed })
      }),
      { numRuns: 30, seed: 4 },
    )
  })

  it('constant', async () => {
    await compare(engines, {
      operation: 'constant',
      operands: [],
      attributes: { shape: [2, 2], values: [1, -2, 0.5, 3] },
    })
  })
})

it('batch_matmul', async () => {
  const extent = fc.integer({ min: 1, max: 9 })
  await fc.assert(
    fc.asyncProperty(extent, extent, extent, extent, fc.boolean(), fc.boolean(), async (g, m, n, k, a, b) => {
      const operands = [one([g, ...(a ? [k, m] : [m, k])]), one([g, ...(b ? [n, k] : [k, n])])]
      await compare(engines, { operation: 'batch_matmul', operands, attributes: { transposeA: a, transposeB: b } })
    }),
    { numRuns: 30, seed: 5 },
  )
})

it('resample2d', async () => {
  await fc.assert(
    fc.asyncProperty(map, fc.integer({ min: 1, max: 7 }), seed, async (shape, places, seed) => {
      const weights = noise(4 * places, seed)
      const rows = axisMap(
        Array.from({ length: places }, (_, i) =>
          Array.from({ length: i % 4 }, (_, tap) => ({
            index: (i + 3 * tap) % shape[1],
            weight: weights[4 * i + tap] ?? 0,
          })),
        ),
      )
      const columns = picked(Array.from({ length: places }, (_, i) => (i === 2 ? undefined : (5 * i) % shape[2])))
      await compare(engines, {
        operation: 'resample2d',
        operands: [one(shape)],
        attributes: resampling(rows, columns),
        seed,
      })
    }),
    { numRuns: 30, seed: 6 },
  )
})
