import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { compare, openBothWasm } from '../../support/compare-operation.js'

let engines: readonly Engine[]
beforeAll(async () => {
  engines = await openBothWasm()
})

const channels = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(12, 16, 20, 36))
const size = fc.integer({ min: 1, max: 11 })
const kernel = fc.constantFrom(1, 2, 3, 4, 5, 7)
const stride = fc.integer({ min: 1, max: 3 })
const dilation = fc.integer({ min: 1, max: 3 })

const conv2d = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: size,
    width: size,
    kernel,
    stride,
    dilation,
    groups: fc.integer({ min: 1, max: 3 }),
    inGroup: channels,
    outGroup: channels,
    seed: fc.nat(1000),
  })
  .map((sizes) => ({
    ...sizes,
    x: [sizes.batch, sizes.height, sizes.width, sizes.inGroup * sizes.groups],
    w: [sizes.kernel, sizes.kernel, sizes.inGroup, sizes.outGroup * sizes.groups],
    y: [
      sizes.batch,
      Math.ceil(sizes.height / sizes.stride),
      Math.ceil(sizes.width / sizes.stride),
      sizes.outGroup * sizes.groups,
    ],
  }))

const depthwise = fc
  .record({ batch: fc.integer({ min: 1, max: 3 }), height: size, width: size, kernel, stride, dilation, channels })
  .chain((sizes) => fc.nat(1000).map((seed) => ({ ...sizes, seed })))
  .map((sizes) => ({
    ...sizes,
    x: [sizes.batch, sizes.height, sizes.width, sizes.channels],
    w: [sizes.kernel, sizes.kernel, sizes.channels],
    y: [sizes.batch, Math.ceil(sizes.height / sizes.stride), Math.ceil(sizes.width / sizes.stride), sizes.channels],
  }))

describe('conv2d', () => {
  it('is the sum of its products, whatever stride, dilation, kernel and groups', async () => {
    await fc.assert(
      fc.asyncProperty(conv2d, async ({ x, w, stride, dilation, groups, seed }) => {
        const attributes = { stride, dilation, groups }
        await compare(engines, { operation: 'conv2d', operands: [{ shape: x }, { shape: w }], attributes, seed })
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('has the right input gradient', async () => {
    await fc.assert(
      fc.asyncProperty(conv2d, async ({ y, w, stride, dilation, groups, height, width, seed }) => {
        const attributes = { stride, dilation, groups, inputHeight: height, inputWidth: width }
        const operands = [{ shape: y }, { shape: w }]
        await compare(engines, { operation: 'conv2d_input_gradient', operands, attributes, seed })
      }),
      { numRuns: 60, seed: 2 },
    )
  })

  it('has the right filter gradient', async () => {
    await fc.assert(
      fc.asyncProperty(conv2d, async ({ x, y, stride, dilation, groups, kernel, seed }) => {
        const attributes = { stride, dilation, groups, kernel }
        const operands = [{ shape: x }, { shape: y }]
        await compare(engines, { operation: 'conv2d_filter_gradient', operands, attributes, seed })
      }),
      { numRuns: 60, seed: 3 },
    )
  })

  it('works in blocks where the columns do not fit into scratch at once', async () => {
    const attributes = { stride: 1, dilation: 1, groups: 1 }
    const [x, w, y] = [{ shape: [2, 24, 23, 20] }, { shape: [3, 3, 20, 6] }, { shape: [2, 24, 23, 6] }]
    await compare(engines, { operation: 'conv2d', operands: [x, w], attributes })
    const size = { inputHeight: 24, inputWidth: 23 }
    await compare(engines, {
      operation: 'conv2d_input_gradient',
      operands: [y, w],
      attributes: { ...attributes, ...size },
    })
    await compare(engines, {
      operation: 'conv2d_filter_gradient',
      operands: [x, y],
      attributes: { ...attributes, kernel: 3 },
    })
    for (const { variables } of engines) expect(variables.names()).toEqual([])
  })
})

describe('depthwise2d', () => {
  it('is the sum of its products, whatever stride, dilation and kernel', async () => {
    await fc.assert(
      fc.asyncProperty(depthwise, async ({ x, w, stride, dilation, seed }) => {
        const operands = [{ shape: x }, { shape: w }]
        await compare(engines, { operation: 'depthwise2d', operands, attributes: { stride, dilation }, seed })
      }),
      { numRuns: 150, seed: 4 },
    )
  })

  it('has the right input gradient', async () => {
    await fc.assert(
      fc.asyncProperty(depthwise, async ({ y, w, stride, dilation, height, width, seed }) => {
        const attributes = { stride, dilation, inputHeight: height, inputWidth: width }
        const operands = [{ shape: y }, { shape: w }]
        await compare(engines, { operation: 'depthwise2d_input_gradient', operands, attributes, seed })
      }),
      { numRuns: 150, seed: 5 },
    )
  })

  it('has the right filter gradient', async () => {
    await fc.assert(
      fc.asyncProperty(depthwise, async ({ x, y, stride, dilation, kernel, seed }) => {
        const attributes = { stride, dilation, kernel }
        const operands = [{ shape: x }, { shape: y }]
        await compare(engines, { operation: 'depthwise2d_filter_gradient', operands, attributes, seed })
      }),
      { numRuns: 150, seed: 6 },
    )
  })
})
