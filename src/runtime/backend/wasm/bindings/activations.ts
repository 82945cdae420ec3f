import { activationNames, activationOf } from '../../../operations/support/activations.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const activation: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { attributes, inputs, from, to }) {
    const kind = activationNames.indexOf(activationOf(attributes['function']))
    const x = at(from, 0)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.activation(x, y, count, kind)
  },
}

export const activationGradient: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { attributes, inputs, from, to }) {
    const kind = activationNames.indexOf(activationOf(attributes['function']))
    const dy = at(from, 0)
    const x = at(from, 1)
    const dx = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.activationGradient(dy, x, dx, count, kind)
  },
}
