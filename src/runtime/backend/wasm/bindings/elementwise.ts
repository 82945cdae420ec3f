import { numberOf } from '../../../operations/support/attribute.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const relu: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.relu(x, y, count)
  },
}

export const reluGradient: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { inputs, from, to }) {
    const dy = at(from, 0)
    const y = at(from, 1)
    const dx = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.reluGradient(dy, y, dx, count)
  },
}

export const multiply: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { inputs, from, to }) {
    const a = at(from, 0)
    const b = at(from, 1)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.multiply(a, b, y, count)
  },
}

export const scale: KernelBinding = {
  inPlace: [0],
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const factor = at(from, 1)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.scale(x, factor, y, count)
  },
}

export const scaleByEntry: KernelBinding = {
  inPlace: [1],
  bind(kernels, { attributes, inputs, from, to }) {
    const factor = at(from, 0) + 4 * numberOf(attributes, 'index')
    const x = at(from, 1)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 1))
    return () => kernels.scale(x, factor, y, count)
  },
}

export const dropPath: KernelBinding = {
  inPlace: [0],
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const mask = at(from, 1)
    const y = at(to, 0)
    const rows = sizeOf(at(inputs, 1))
    const count = sizeOf(at(inputs, 0)) / rows
    return () => kernels.scaleRows(x, mask, y, rows, count)
  },
}

/** Zero bytes are the float 0. */
export const zeros: KernelBinding = {
  bind(kernels, { outputs, to }) {
    const y = at(to, 0)
    const bytes = 4 * sizeOf(at(outputs, 0))
    return () => kernels.zero(y, bytes)
  },
}

export const fill: KernelBinding = {
  bind(kernels, { attributes, outputs, to }) {
    const y = at(to, 0)
    const value = numberOf(attributes, 'value')
    const count = sizeOf(at(outputs, 0))
    return () => kernels.fill(y, value, count)
  },
}

/** Runs only where the memory plan could not give both values the same memory. */
export const reshape: KernelBinding = {
  alias: true,
  bind(kernels, { inputs, from, to }) {
    const x = at(from, 0)
    const y = at(to, 0)
    const bytes = 4 * sizeOf(at(inputs, 0))
    return () => kernels.copy(x, y, bytes)
  },
}
