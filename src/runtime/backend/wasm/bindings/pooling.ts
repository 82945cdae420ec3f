import { numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, mapOf, sizeOf } from '../../../operations/support/element.js'
import type { Kernels } from '../../../kernels/kernel-module.js'
import type { KernelBinding } from '../kernel-binding.js'

/** The sizes that window pools take, in their order; `input` and `output` are those of the forward pool. */
function sizesOf(input: Dims, output: Dims, attributes: Attributes): readonly number[] {
  const x = mapOf(input)
  const y = mapOf(output)
  const kernel = numberOf(attributes, 'kernel')
  const stride = numberOf(attributes, 'stride')
  return [x.batch, x.height, x.width, x.channels, y.height, y.width, kernel, stride]
}

/** A padded line, and a row of outputs for averages. */
function scratchOf(kernels: Kernels, input: Dims, output: Dims, attributes: Attributes): number {
  const x = mapOf(input)
  const y = mapOf(output)
  const kernel = numberOf(attributes, 'kernel')
  const stride = numberOf(attributes, 'stride')
  const line = kernels.poolLineBytes(x.width, x.channels, y.width, kernel, stride)
  return line + 4 * y.width * y.channels + 16
}

export const maxPool2d: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    scratchOf(kernels, at(inputs, 0), at(outputs, 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const args = [at(from, 0), at(to, 0), ...sizesOf(at(inputs, 0), at(outputs, 0), attributes), scratch]
    return () => kernels.maxPool2d(...args)
  },
}

export const maxPool2dGradient: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to }) {
    const sizes = sizesOf(at(inputs, 0), at(inputs, 1), attributes)
    const args = [at(from, 0), at(from, 1), at(from, 2), at(to, 0), ...sizes]
    return () => kernels.maxPool2dGradient(...args)
  },
}

export const avgPool2d: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    scratchOf(kernels, at(inputs, 0), at(outputs, 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const args = [at(from, 0), at(to, 0), ...sizesOf(at(inputs, 0), at(outputs, 0), attributes), scratch]
    return () => kernels.avgPool2d(...args)
  },
}

export const avgPool2dGradient: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    scratchOf(kernels, at(outputs, 0), at(inputs, 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const args = [at(from, 0), at(to, 0), ...sizesOf(at(outputs, 0), at(inputs, 0), attributes), scratch]
    return () => kernels.avgPool2dGradient(...args)
  },
}

export const globalAvgPool: KernelBinding = {
  bind(kernels, { inputs, from, to }) {
    const { batch, channels } = mapOf(at(inputs, 0))
    const pixels = sizeOf(at(inputs, 0)) / batch / channels
    const x = at(from, 0)
    const y = at(to, 0)
    return () => kernels.globalAvgPool(x, y, batch, pixels, channels)
  },
}

export const globalAvgPoolGradient: KernelBinding = {
  bind(kernels, { outputs, from, to }) {
    const { batch, channels } = mapOf(at(outputs, 0))
    const pixels = sizeOf(at(outputs, 0)) / batch / channels
    const dy = at(from, 0)
    const dx = at(to, 0)
    return () => kernels.globalAvgPoolGradient(dy, dx, batch, pixels, channels)
  },
}
