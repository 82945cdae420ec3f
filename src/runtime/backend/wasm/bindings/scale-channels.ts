import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { Dims } from '../../../operations/support/definition.js'
import type { KernelBinding } from '../kernel-binding.js'

/** Groups of positions with factors of their own, positions in each, channels. */
function extentsOf(x: Dims, factors: Dims): readonly number[] {
  const channels = lastOf(x)
  const groups = sizeOf(factors) / channels
  return [groups, sizeOf(x) / (groups * channels), channels]
}

export const scaleChannels: KernelBinding = {
  inPlace: [0],
  bind(kernels, { inputs, from, to }) {
    const args = [at(from, 0), at(from, 1), at(to, 0), ...extentsOf(at(inputs, 0), at(inputs, 1))]
    return () => kernels.scaleChannels(...args)
  },
}

export const scaleChannelsGradient: KernelBinding = {
  bind(kernels, { inputs, outputs, from, to }) {
    const args = [at(from, 0), at(from, 1), at(to, 0), ...extentsOf(at(inputs, 0), at(outputs, 0))]
    return () => kernels.scaleChannelsGradient(...args)
  },
}
