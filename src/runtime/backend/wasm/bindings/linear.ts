import { booleanOf } from '../../../operations/support/attribute.js'
import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding, KernelCall } from '../kernel-binding.js'

/** m, n, k, transposeA, transposeB as the kernel takes them. */
function extentsOf({ inputs, outputs, attributes }: KernelCall): readonly number[] {
  const transposeA = booleanOf(attributes, 'transposeA')
  const transposeB = booleanOf(attributes, 'transposeB')
  const m = at(at(outputs, 0), 0)
  const n = at(at(outputs, 0), 1)
  const k = at(at(inputs, 0), transposeA ? 0 : 1)
  return [m, n, k, Number(transposeA), Number(transposeB)]
}

export const matmul: KernelBinding = {
  scratchBytes: (kernels, call) => kernels.matmulScratch(...extentsOf(call)),
  bind(kernels, call) {
    const args = [at(call.from, 0), at(call.from, 1), at(call.to, 0), ...extentsOf(call), call.scratch]
    return () => kernels.matmul(...args)
  },
}

export const biasAdd: KernelBinding = {
  inPlace: [0],
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const b = at(from, 1)
    const y = at(to, 0)
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () => kernels.biasAdd(x, b, y, rows, channels)
  },
}

export const sumRows: KernelBinding = {
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const y = at(to, 0)
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () => kernels.sumRows(x, y, rows, channels)
  },
}
