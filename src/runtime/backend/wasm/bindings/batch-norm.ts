import { booleanOf, numberOf } from '../../../operations/support/attribute.js'
import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { Dims } from '../../../operations/support/definition.js'
import type { KernelBinding } from '../kernel-binding.js'

/** Bytes of four float64 per channel, channels rounded up to whole vectors. */
function scratchOf(x: Dims): number {
  return 32 * ((lastOf(x) + 3) & ~3)
}

export const batchNormTrain: KernelBinding = {
  inPlace: [0],
  scratchBytes: (_, { inputs }) => scratchOf(at(inputs, 0)),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const affine = booleanOf(attributes, 'affine')
    const x = at(from, 0)
    const scale = affine ? at(from, 1) : 0
    const shift = affine ? at(from, 2) : 0
    const y = at(to, 0)
    const mean = at(to, 1)
    const variance = at(to, 2)
    const inverse = at(to, 3)
    const epsilon = numberOf(attributes, 'epsilon')
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () => kernels.batchNormTrain(x, scale, shift, y, mean, variance, inverse, epsilon, rows, channels, scratch)
  },
}

export const batchNormTrainGradient: KernelBinding = {
  inPlace: [0, 1],
  scratchBytes: (_, { inputs }) => scratchOf(at(inputs, 0)),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const affine = booleanOf(attributes, 'affine')
    const x = at(from, 0)
    const dy = at(from, 1)
    const mean = at(from, 2)
    const inverse = at(from, 3)
    const scale = affine ? at(from, 4) : 0
    const dx = at(to, 0)
    const dscale = affine ? at(to, 1) : 0
    const dshift = affine ? at(to, 2) : 0
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () =>
      kernels.batchNormTrainGradient(x, dy, mean, inverse, scale, dx, dscale, dshift, rows, channels, scratch)
  },
}

export const batchNormInference: KernelBinding = {
  inPlace: [0],
  scratchBytes: (_, { inputs }) => scratchOf(at(inputs, 0)),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const affine = booleanOf(attributes, 'affine')
    const x = at(from, 0)
    const mean = at(from, 1)
    const variance = at(from, 2)
    const y = at(to, 0)
    const [scale, shift] = affine ? [at(from, 3), at(from, 4)] : [0, 0]
    const epsilon = numberOf(attributes, 'epsilon')
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () => kernels.batchNormInference(x, mean, variance, scale, shift, y, epsilon, rows, channels, scratch)
  },
}
