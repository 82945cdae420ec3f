import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

/** The sum of variable and value, put where the variable lies. */
export const accumulate: KernelBinding = {
  bind(kernels, { inputs, from, words }) {
    const pointers = words(from)
    const variable = at(from, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.addAll(pointers, from.length, variable, count)
  },
}

export const clear: KernelBinding = {
  bind(kernels, { inputs, from }) {
    const variable = at(from, 0)
    const bytes = 4 * sizeOf(at(inputs, 0))
    return () => kernels.zero(variable, bytes)
  },
}
