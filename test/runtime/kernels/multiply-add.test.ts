import { beforeAll, describe, expect, it } from 'vitest'
import { openWasmMemory, type WasmMemory } from '../../../src/runtime/backend/wasm/memory.js'
import { bestMultiplyAdd, type MultiplyAdd } from '../../../src/runtime/kernels/multiply-add.js'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { noise } from '../../support/compare-operation.js'

let memory: WasmMemory
beforeAll(async () => {
  await buildKernels()
  memory = await openWasmMemory()
})

/** a * b of two 8x8 matrices. */
function product(multiplyAdd: MultiplyAdd, a: Float32Array, b: Float32Array): Float32Array {
  const { kernels } = memory.withMultiplyAdd(multiplyAdd)
  const block = memory.allocate(8192, 'a test')
  const [y, scratch] = [block.address + 1024, block.address + 2048]
  memory.floats(block.address, 64).set(a)
  memory.floats(block.address + 256, 64).set(b)
  kernels.matmul(block.address, block.address + 256, y, 8, 8, 8, 0, 0, scratch)
  const result = memory.floats(y, 64).slice()
  memory.free(block)
  return result
}

/** The same with the roundings of `multiplyAdd`, in the order of the kernel. */
function expected(multiplyAdd: MultiplyAdd, a: Float32Array, b: Float32Array): Float32Array {
  return Float32Array.from({ length: 64 }, (_, at) => {
    let sum = 0
    for (let k = 0; k < 8; k++) {
      // Exact in float64, as both factors have 24 bits.
      const term = (a[8 * Math.floor(at / 8) + k] ?? 0) * (b[8 * k + (at % 8)] ?? 0)
      sum = Math.fround(sum + (multiplyAdd === 'fused' ? term : Math.fround(term)))
    }
    return sum
  })
}

describe('kernels multiply and add', () => {
  it('as they are asked to, with one rounding or with two', () => {
    const [a, b] = [noise(64, 1), noise(64, 2)]
    expect(product('separate', a, b)).toEqual(expected('separate', a, b))
    expect(product('fused', a, b)).toEqual(expected(bestMultiplyAdd(), a, b))
  })

  it('at best fused, wherever the processor can', () => {
    expect(memory.multiplyAdd).toBe(bestMultiplyAdd())
    expect(expected('fused', noise(64, 1), noise(64, 2))).not.toEqual(expected('separate', noise(64, 1), noise(64, 2)))
  })
})
