import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { kernelOf } from '../../../src/runtime/backend/wasm/kernel-table.js'
import { openWasmMemory, type WasmMemory } from '../../../src/runtime/backend/wasm/memory.js'
import type { Attributes } from '../../../src/runtime/operations/support/definition.js'
import { sizeOf } from '../../../src/runtime/operations/support/element.js'
import { definitionOf } from '../../../src/runtime/operations/index.js'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { noise } from '../../support/compare-operation.js'

const GUARD = 64
const SENTINEL = 1234.5

let memory: WasmMemory
beforeAll(async () => {
  await buildKernels()
  memory = await openWasmMemory()
})

/** Runs a kernel on operands with guards around each output and the scratch, and demands that all guards are whole. */
function demandGuards(operation: string, inputs: readonly (readonly number[])[], attributes: Attributes): void {
  const outputs = definitionOf(operation).shapes(inputs, attributes)
  const binding = kernelOf(operation)
  if (binding === undefined) throw new Error(`there is no kernel for '${operation}'`)
  const scratchBytes = binding.scratchBytes?.(memory.kernels, { attributes, inputs, outputs }) ?? 0
  const floats = [...inputs.map(sizeOf), ...outputs.map(sizeOf), Math.ceil(scratchBytes / 4)]
  const total = floats.reduce((sum, size) => sum + Math.ceil(size / 16) * 16 + 2 * GUARD, 1024)
  const block = memory.allocate(4 * total, 'a test')
  let next = block.address + 4 * 1024
  memory.floats(block.address, total).fill(SENTINEL)
  const guards: number[] = []
  const place = (size: number): number => {
    const address = next + 4 * GUARD
    guards.push(next, address + 4 * size)
    next = Math.ceil((address + 4 * size + 4 * GUARD) / 64) * 64
    return address
  }
  const from = inputs.map((shape, i) => {
    const address = place(sizeOf(shape))
    memory.floats(address, sizeOf(shape)).set(noise(sizeOf(shape), i + 1))
    return address
  })
  const to = outputs.map((shape) => place(sizeOf(shape)))
  const scratch = place(Math.ceil(scratchBytes / 4))
  let words = block.address
  const run = binding.bind(memory.kernels, {
    attributes,
    inputs,
    outputs,
    from,
    to,
    scratch,
    words(values) {
      const address = words
      memory.integers(address, values.length).set(values)
      words += 4 * values.length
      return address
    },
  })
  run()
  for (const guard of guards) {
    expect(
      [...memory.floats(guard, GUARD)].every((value) => value === SENTINEL),
      operation,
    ).toBe(true)
  }
  memory.free(block)
}

const channels = fc.integer({ min: 1, max: 10 })
const size = fc.integer({ min: 1, max: 10 })
const shape = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: size,
  width: size,
  channels,
  filters: channels,
  kernel: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  groups: fc.integer({ min: 1, max: 2 }),
})

describe('kernels write to nothing but their outputs and their scratch', () => {
  it('windows', () => {
    fc.assert(
      fc.property(shape, (s) => {
        const out = [s.batch, Math.ceil(s.height / s.stride), Math.ceil(s.width / s.stride)]
        const map = [s.batch, s.height, s.width, s.channels]
        const input = { inputHeight: s.height, inputWidth: s.width }
        const window = { stride: s.stride, dilation: s.dilation }
        const w = [s.kernel, s.kernel, s.channels]
        demandGuards('depthwise2d', [map, w], window)
        demandGuards('depthwise2d_input_gradient', [[...out, s.channels], w], { ...window, ...input })
        demandGuards('depthwise2d_filter_gradient', [map, [...out, s.channels]], { ...window, kernel: s.kernel })
        const grouped = { ...window, groups: s.groups }
        const x = [...map.slice(0, 3), s.channels * s.groups]
        const y = [...out, s.filters * s.groups]
        const kernel = [s.kernel, s.kernel, s.channels, s.filters * s.groups]
        demandGuards('conv2d', [x, kernel], grouped)
        demandGuards('conv2d_input_gradient', [y, kernel], { ...grouped, ...input })
        demandGuards('conv2d_filter_gradient', [x, y], { ...grouped, kernel: s.kernel })
        const pool = { kernel: s.kernel, stride: s.stride }
        demandGuards('max_pool2d', [map], pool)
        demandGuards('max_pool2d_gradient', [map, [...out, s.channels], [...out, s.channels]], pool)
        demandGuards('avg_pool2d', [map], pool)
        demandGuards('avg_pool2d_gradient', [[...out, s.channels]], { ...pool, ...input })
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('the others', () => {
    fc.assert(
      fc.property(shape, (s) => {
        const map = [s.batch, s.height, s.width, s.channels]
        const c = [s.channels]
        demandGuards('batch_norm_train', [map, c, c], { epsilon: 1e-5, affine: true })
        demandGuards('batch_norm_train_gradient', [map, map, c, c, c], { affine: true })
        demandGuards('batch_norm_inference', [map, c, c], { epsilon: 2, affine: false })
        for (const operation of ['relu', 'global_avg_pool']) demandGuards(operation, [map], {})
        for (const operation of ['relu_gradient', 'multiply', 'add', 'dot', 'concat_channels']) {
          demandGuards(operation, [map, map], {})
        }
        demandGuards('weighted_sum', [[3], map, map], { indices: [2, 0] })
        demandGuards('weighted_sum_gradient', [[3], map, map, map], { indices: [2, 0] })
        demandGuards('scale', [map, []], {})
        demandGuards('drop_path', [map, [s.batch]], {})
        demandGuards('shift2d', [map], { down: s.kernel - 4, right: s.stride - 2 })
        demandGuards('slice_channels', [map], { from: 0, to: Math.ceil(s.channels / 2) })
        demandGuards('pad_channels', [map], { from: 1, channels: s.channels + 2 })
        for (const transposeA of [true, false]) {
          for (const transposeB of [true, false]) {
            const a = transposeA ? [s.height, s.width] : [s.width, s.height]
            const b = transposeB ? [s.channels, s.height] : [s.height, s.channels]
            demandGuards('matmul', [a, b], { transposeA, transposeB })
          }
        }
        demandGuards('bias_add', [map, c], {})
        demandGuards('sum_rows', [map], {})
        demandGuards('softmax', [map], { temperature: 1 })
        demandGuards('softmax_gradient', [map, map], { temperature: 1 })
        const table = [s.batch, s.channels]
        demandGuards('soft_cross_entropy', [table, table], { temperature: 1 })
        demandGuards('soft_cross_entropy_gradient', [table, table, []], { temperature: 1 })
        demandGuards('accumulate', [map, map], {})
        demandGuards('clear', [map], {})
        demandGuards('global_avg_pool_gradient', [[s.batch, 1, 1, s.channels]], {
          inputHeight: s.height,
          inputWidth: s.width,
        })
        demandGuards('clip_scale', [map, c], { norm: 1 })
      }),
      { numRuns: 100, seed: 2 },
    )
  })
})
