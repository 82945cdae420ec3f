import { numberOf, numbersOf } from '../../../operations/support/attribute.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const add: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { inputs, from, to, words }) {
    const pointers = words(from)
    const n = from.length
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.addAll(pointers, n, y, count)
  },
}

/** Byte offsets of the weights of the terms. */
function offsetsOf(indices: readonly number[]): readonly number[] {
  return indices.map((index) => 4 * index)
}

export const weightedSum: KernelBinding = {
  // The weights are read to the end.
  inPlace: 'rest',
  bind(kernels, { attributes, inputs, from, to, words }) {
    const offsets = words(offsetsOf(numbersOf(attributes, 'indices')))
    const pointers = words(from.slice(1))
    const weights = at(from, 0)
    const n = from.length - 1
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 1))
    return () => kernels.weightedSum(weights, offsets, pointers, n, y, count)
  },
}

export const weightedSumGradient: KernelBinding = {
  scratchBytes: (_, { inputs }) => 8 * (inputs.length - 2),
  bind(kernels, { attributes, inputs, from, to, scratch, words }) {
    const offsets = words(offsetsOf(numbersOf(attributes, 'indices')))
    const pointers = words(from.slice(2))
    const dy = at(from, 1)
    const n = from.length - 2
    const dweights = at(to, 0)
    const entries = sizeOf(at(inputs, 0))
    const count = sizeOf(at(inputs, 1))
    return () => kernels.weightedSumGradient(dy, offsets, pointers, n, dweights, entries, count, scratch)
  },
}

export const dot: KernelBinding = {
  bind(kernels, { inputs, from, to }) {
    const a = at(from, 0)
    const b = at(from, 1)
    const y = at(to, 0)
    const count = sizeOf(at(inputs, 0))
    return () => kernels.dot(a, b, y, count)
  },
}

export const clipScale: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to, words }) {
    const pointers = words(from)
    const counts = words(inputs.map(sizeOf))
    const n = from.length
    const norm = numberOf(attributes, 'norm')
    const y = at(to, 0)
    return () => kernels.clipScale(pointers, counts, n, norm, y)
  },
}
