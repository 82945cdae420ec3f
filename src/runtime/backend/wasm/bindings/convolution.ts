import { numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, mapOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'
import type { Kernels } from '../../../kernels/kernel-module.js'

/** The sizes that all three kernels take, in their order; `input` and `output` are those of the forward convolution. */
function sizesOf(input: Dims, output: Dims, kernel: number, attributes: Attributes): readonly number[] {
  const x = mapOf(input)
  const y = mapOf(output)
  const stride = numberOf(attributes, 'stride')
  const dilation = numberOf(attributes, 'dilation')
  const groups = numberOf(attributes, 'groups')
  const ofInput = [x.batch, x.height, x.width, x.channels]
  return ofInput.concat([y.height, y.width, y.channels, kernel, stride, dilation, groups])
}

function scratchOf(kernels: Kernels, input: Dims, output: Dims, kernel: number, attributes: Attributes): number {
  const groups = numberOf(attributes, 'groups')
  return kernels.conv2dScratch(kernel, mapOf(input).channels / groups, mapOf(output).channels / groups)
}

export const conv2d: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    scratchOf(kernels, at(inputs, 0), at(outputs, 0), at(at(inputs, 1), 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const sizes = sizesOf(at(inputs, 0), at(outputs, 0), at(at(inputs, 1), 0), attributes)
    const args = [at(from, 0), at(from, 1), at(to, 0)].concat(sizes, scratch)
    return () => kernels.conv2d(...args)
  },
}

export const conv2dInputGradient: KernelBinding = {
  scratchBytes: (kernels, { inputs, outputs, attributes }) =>
    scratchOf(kernels, at(outputs, 0), at(inputs, 0), at(at(inputs, 1), 0), attributes),
  bind(kernels, { attributes, inputs, outputs, from, to, scratch }) {
    const sizes = sizesOf(at(outputs, 0), at(inputs, 0), at(at(inputs, 1), 0), attributes)
    const args = [at(from, 0), at(from, 1), at(to, 0)].concat(sizes, scratch)
    return () => kernels.conv2dInputGradient(...args)
  },
}

export const conv2dFilterGradient: KernelBinding = {
  scratchBytes: (kernels, { inputs, attributes }) =>
    scratchOf(kernels, at(inputs, 0), at(inputs, 1), numberOf(attributes, 'kernel'), attributes),
  bind(kernels, { attributes, inputs, from, to, scratch }) {
    const sizes = sizesOf(at(inputs, 0), at(inputs, 1), numberOf(attributes, 'kernel'), attributes)
    const args = [at(from, 0), at(from, 1), at(to, 0)].concat(sizes, scratch)
    return () => kernels.conv2dFilterGradient(...args)
  },
}
