import { booleanOf, numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'
import { scratchOf, sizesOf } from './depthwise.js'

/** Addresses of mean, inverse, scale and shift, which start at input 2; 0 for what is not there. */
function normOf(from: readonly number[], attributes: Attributes): readonly number[] {
  const affine = booleanOf(attributes, 'affine')
  return [at(from, 2), at(from, 3), affine ? at(from, 4) : 0, affine ? at(from, 5) : 0]
}

/** Bytes of so many float64 per channel, channels rounded up to whole vectors. */
function perChannel(x: Dims, doubles: number): number {
  return 8 * doubles * ((lastOf(x) + 3) & ~3)
}

export const batchNormStatistics: KernelBinding = {
  scratchBytes: (_, { inputs }) => perChannel(at(inputs, 0), 2),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const x = at(from, 0)
    const mean = at(to, 0)
    const variance = at(to, 1)
    const inverse = at(to, 2)
    const epsilon = numberOf(attributes, 'epsilon')
    const channels = lastOf(at(inputs, 0))
    const rows = sizeOf(at(inputs, 0)) / channels
    return () => kernels.batchNormStatistics(x, mean, variance, inverse, epsilon, rows, channels, scratch)
  },
}

export const batchNormReluTrainGradient: KernelBinding = {
  inPlace: [0, 1],
  scratchBytes: (_, { inputs }) => perChannel(at(inputs, 0), 5),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const affine = booleanOf(attributes, 'affine')
    const channels = lastOf(at(inputs, 0))
    const args = [
      ...[at(from, 0), at(from, 1), ...normOf(from, attributes)],
      ...[at(to, 0), affine ? at(to, 1) : 0, affine ? at(to, 2) : 0],
      ...[sizeOf(at(inputs, 0)) / channels, channels, scratch],
    ]
    return () => kernels.batchNormReluTrainGradient(...args)
  },
}

export const normReluDepthwise2d: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    perChannel(at(inputs, 0), 1) + scratchOf(kernels, at(inputs, 0), at(outputs, 0), at(at(inputs, 1), 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const sizes = sizesOf(at(inputs, 0), at(outputs, 0), at(at(inputs, 1), 0), attributes)
    const args = [at(from, 0), at(from, 1), ...normOf(from, attributes), at(to, 0), ...sizes, scratch]
    return () => kernels.normReluDepthwise2d(...args)
  },
}

export const normReluDepthwise2dFilterGradient: KernelBinding = {
  scratchBytes: (kernels, { inputs, attributes }) =>
    perChannel(at(inputs, 0), 1) +
    scratchOf(kernels, at(inputs, 0), at(inputs, 1), numberOf(attributes, 'kernel'), attributes),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const sizes = sizesOf(at(inputs, 0), at(inputs, 1), numberOf(attributes, 'kernel'), attributes)
    const args = [at(from, 0), at(from, 1), ...normOf(from, attributes), at(to, 0), ...sizes, scratch]
    return () => kernels.normReluDepthwise2dFilterGradient(...args)
  },
}
