import { numbersOf } from '../../../operations/support/attribute.js'
import type { Dims } from '../../../operations/support/definition.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import { offsetOf, stridesOf } from '../../../operations/support/strides.js'
import type { KernelBinding } from '../kernel-binding.js'

export const transpose: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const strides = stridesOf(at(inputs, 0))
    const order = numbersOf(attributes, 'order').map((axis) => at(strides, axis))
    const size = at(outputs, 0)
    const args = copyArguments(at(from, 0), order, at(to, 0), stridesOf(size), size)
    return () => kernels.copyBlock(...args)
  },
}

export const slice: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const strides = stridesOf(at(inputs, 0))
    const size = at(outputs, 0)
    const start = at(from, 0) + 4 * offsetOf(numbersOf(attributes, 'begin'), strides)
    const args = copyArguments(start, strides, at(to, 0), stridesOf(size), size)
    return () => kernels.copyBlock(...args)
  },
}

export const embed: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const strides = stridesOf(at(outputs, 0))
    const size = at(inputs, 0)
    const y = at(to, 0)
    const start = y + 4 * offsetOf(numbersOf(attributes, 'begin'), strides)
    const args = copyArguments(at(from, 0), stridesOf(size), start, strides, size)
    const all = 4 * sizeOf(at(outputs, 0))
    return () => {
      kernels.zero(y, all)
      kernels.copyBlock(...args)
    }
  },
}

/** The kernel has four axes; further ones stand in front, of length 1 and stride 0. Strides here are in elements. */
function copyArguments(from: number, fromStrides: Dims, to: number, toStrides: Dims, size: Dims): readonly number[] {
  const args = [from, 0, 0, 0, 0, to, 0, 0, 0, 0, 1, 1, 1, 1]
  const missing = 4 - size.length
  for (let axis = 0; axis < size.length; axis++) {
    args[1 + missing + axis] = 4 * at(fromStrides, axis)
    args[6 + missing + axis] = 4 * at(toStrides, axis)
    args[10 + missing + axis] = at(size, axis)
  }
  return args
}
