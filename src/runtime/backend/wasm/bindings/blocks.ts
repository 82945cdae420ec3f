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
    const args = [at(from, 0), ...bytes(order), at(to, 0), ...bytes(stridesOf(size)), ...four(size, 1)]
    return () => kernels.copyBlock(...args)
  },
}

export const slice: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const strides = stridesOf(at(inputs, 0))
    const size = at(outputs, 0)
    const start = at(from, 0) + 4 * offsetOf(numbersOf(attributes, 'begin'), strides)
    const args = [start, ...bytes(strides), at(to, 0), ...bytes(stridesOf(size)), ...four(size, 1)]
    return () => kernels.copyBlock(...args)
  },
}

export const embed: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const strides = stridesOf(at(outputs, 0))
    const size = at(inputs, 0)
    const y = at(to, 0)
    const start = y + 4 * offsetOf(numbersOf(attributes, 'begin'), strides)
    const args = [at(from, 0), ...bytes(stridesOf(size)), start, ...bytes(strides), ...four(size, 1)]
    const all = 4 * sizeOf(at(outputs, 0))
    return () => {
      kernels.zero(y, all)
      kernels.copyBlock(...args)
    }
  },
}

/** The kernel has four axes; further ones stand in front, of length 1. */
function four(values: Dims, missing: number): readonly number[] {
  const all = new Array<number>(4 - values.length).fill(missing)
  return all.concat(values)
}

function bytes(strides: Dims): readonly number[] {
  return four(
    strides.map((stride) => 4 * stride),
    0,
  )
}
