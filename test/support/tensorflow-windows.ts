import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Engine } from '../../src/runtime/backend/engine/engine.js'
import { noCapabilities } from '../../src/runtime/backend/tensorflow/capabilities.js'
import type { TensorflowEngineOptions } from '../../src/runtime/backend/tensorflow/engine.js'
import { operations } from '../../src/runtime/operations/index.js'
import { compare, noise } from './compare-operation.js'
import { describeTensorflow } from './tensorflow.js'

const channels = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 20))
const size = fc.integer({ min: 1, max: 11 })

const window = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: size,
    width: size,
    kernel: fc.constantFrom(1, 2, 3, 4, 5, 7),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    inGroup: channels,
    outGroup: channels,
    seed: fc.nat(1000),
  })
  .map((sizes) => {
    const { batch, height, width, stride } = sizes
    return { ...sizes, out: [batch, Math.ceil(height / stride), Math.ceil(width / stride)] }
  })

/**
 * Windows of any kernel, stride, dilation and groups on TensorFlow against the reference. Whether TensorFlow runs oneDNN's
 * kernels is settled once per process, and differs from processor to processor: each choice has a test file of its own.
 */
export function describeWindows(name: string, kernels: Readonly<Record<string, TensorflowVariant>>): void {
  describeTensorflow(name, (open) => {
    describe.each(Object.entries(kernels))('%s', (_, options) => {
      testWindows(open(options))
    })
  })
}

export type TensorflowVariant = Pick<TensorflowEngineOptions, 'native' | 'capabilities'>

/** TensorFlow's own operations, with what a probe has found and with nothing but what it does everywhere. */
export const tensorflowOperations: Readonly<Record<string, TensorflowVariant>> = {
  "TensorFlow's own operations": { native: false },
  'compositions of what TensorFlow does on every processor': { native: false, capabilities: noCapabilities },
}

function testWindows(engine: Engine): void {
  it('conv2d and its gradients', async () => {
    await fc.assert(
      fc.asyncProperty(window, async (sizes) => {
        const { batch, height, width, kernel, stride, dilation, groups, inGroup, outGroup, out, seed } = sizes
        const x = { shape: [batch, height, width, inGroup * groups] }
        const w = { shape: [kernel, kernel, inGroup, outGroup * groups] }
        const dy = { shape: [...out, outGroup * groups] }
        const attributes = { stride, dilation, groups }
        await compare(engine, { operation: 'conv2d', operands: [x, w], attributes, seed })
        const input = { ...attributes, inputHeight: height, inputWidth: width }
        await compare(engine, { operation: 'conv2d_input_gradient', operands: [dy, w], attributes: input, seed })
        const filter = { ...attributes, kernel }
        await compare(engine, { operation: 'conv2d_filter_gradient', operands: [x, dy], attributes: filter, seed })
      }),
      { numRuns: 80, seed: 1 },
    )
  })

  it('depthwise2d and its gradients', async () => {
    await fc.assert(
      fc.asyncProperty(window, async ({ batch, height, width, kernel, stride, dilation, inGroup, out, seed }) => {
        const x = { shape: [batch, height, width, inGroup] }
        const w = { shape: [kernel, kernel, inGroup] }
        const dy = { shape: [...out, inGroup] }
        const attributes = { stride, dilation }
        await compare(engine, { operation: 'depthwise2d', operands: [x, w], attributes, seed })
        const input = { ...attributes, inputHeight: height, inputWidth: width }
        await compare(engine, { operation: 'depthwise2d_input_gradient', operands: [dy, w], attributes: input, seed })
        const filter = { ...attributes, kernel }
        await compare(engine, {
          operation: 'depthwise2d_filter_gradient',
          operands: [x, dy],
          attributes: filter,
          seed,
        })
      }),
      { numRuns: 120, seed: 2 },
    )
  })

  it('pools; the gradient of a maximum goes to the first of equals', async () => {
    await fc.assert(
      fc.asyncProperty(window, async ({ batch, height, width, kernel, stride, inGroup, out, seed }) => {
        const shape = [batch, height, width, inGroup]
        const pooled = [...out, inGroup]
        const attributes = { kernel, stride }
        // Few distinct values, so that most windows have several maxima.
        const data = noise(batch * height * width * inGroup, seed).map((each) => Math.round(each * 2))
        const x = { shape, data }
        await compare(engine, { operation: 'max_pool2d', operands: [x], attributes })
        const y = new Float32Array(pooled.reduce((a, b) => a * b))
        operations.max_pool2d.reference([data], [y], { inputs: [shape], outputs: [pooled] }, attributes)
        const operands = [x, { shape: pooled, data: y }, { shape: pooled }]
        await compare(engine, { operation: 'max_pool2d_gradient', operands, attributes, seed })
        await compare(engine, { operation: 'avg_pool2d', operands: [{ shape }], attributes, seed })
        const input = { ...attributes, inputHeight: height, inputWidth: width }
        const dy = [{ shape: pooled }]
        await compare(engine, { operation: 'avg_pool2d_gradient', operands: dy, attributes: input, seed })
        await compare(engine, { operation: 'global_avg_pool', operands: [{ shape }], seed })
        const single = [{ shape: [batch, 1, 1, inGroup] }]
        await compare(engine, { operation: 'global_avg_pool_gradient', operands: single, attributes: input, seed })
      }),
      { numRuns: 80, seed: 3 },
    )
  })
}
