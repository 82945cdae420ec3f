import { numbersOf } from '../../../operations/support/attribute.js'
import { at } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const constant: KernelBinding = {
  bind(kernels, { attributes, to, words }) {
    const values = numbersOf(attributes, 'values')
    const stored = words([...new Int32Array(Float32Array.from(values).buffer)])
    const y = at(to, 0)
    const bytes = 4 * values.length
    return () => kernels.copy(stored, y, bytes)
  },
}
