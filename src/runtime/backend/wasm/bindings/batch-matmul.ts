import { booleanOf } from '../../../operations/support/attribute.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding, KernelCall } from '../kernel-binding.js'

/** m, n, k, transposeA, transposeB of one pair, as the kernel takes them. */
function extentsOf({ inputs, outputs, attributes }: KernelCall): readonly number[] {
  const transposeA = booleanOf(attributes, 'transposeA')
  const transposeB = booleanOf(attributes, 'transposeB')
  const m = at(at(outputs, 0), 1)
  const n = at(at(outputs, 0), 2)
  const k = at(at(inputs, 0), transposeA ? 1 : 2)
  return [m, n, k, Number(transposeA), Number(transposeB)]
}

export const batchMatmul: KernelBinding = {
  scratchBytes: (kernels, call) => kernels.matmulScratch(...extentsOf(call)),
  bind(kernels, call) {
    const groups = at(at(call.inputs, 0), 0)
    const [a, b, y] = [...call.inputs, ...call.outputs].map((dims) => (4 * sizeOf(dims)) / groups)
    const steps = [a ?? 0, b ?? 0, y ?? 0]
    const first = [at(call.from, 0), at(call.from, 1), at(call.to, 0)]
    const extents = extentsOf(call)
    const calls = Array.from({ length: groups }, (_, g) => [
      ...first.map((address, i) => address + g * at(steps, i)),
      ...extents,
      call.scratch,
    ])
    return () => {
      for (const args of calls) kernels.matmul(...args)
    }
  },
}
