import { activationNames, activationOf } from '../../../operations/support/activations.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const activation: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { attributes, inputs, from, to }) {
    const kind = activationNames.indexOf(activationOf(attributes['function']))
    const [x, y, count] = [at(from, 0), at(to, 0), sizeOf(at(inputs, 0))]
    return () => kernels.activation(x, y, count, kind)
  },
}

export const activationGradient: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { attributes, inputs, from, to }) {
    const kind = activationNames.indexOf(activationOf(attributes['function']))
    const [dy, x, dx, count] = [at(from, 0), at(from, 1), at(to, 0), sizeOf(at(inputs, 0))]
    return () => kernels.activationGradient(dy, x, dx, count, kind)
  },
}
