import { numberOf, numbersOf } from '../../../operations/attribute.js'
import { at, lastOf, sizeOf } from '../../../operations/element.js'
import { termsOf } from '../../../operations/normalised-weighted-sum.js'
import type { KernelBinding } from '../kernel-binding.js'

export const add: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { inputs, from, to, words }) {
    const [pointers, n, y, count] = [words(from), from.length, at(to, 0), sizeOf(at(inputs, 0))]
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
    const [weights, n, y, count] = [at(from, 0), from.length - 1, at(to, 0), sizeOf(at(inputs, 1))]
    return () => kernels.weightedSum(weights, offsets, pointers, n, y, count)
  },
}

export const normalisedWeightedSum: KernelBinding = {
  scratchBytes: (kernels, { attributes, outputs }) =>
    kernels.normalisedSumScratch(termsOf(attributes), lastOf(at(outputs, 0))),
  bind(kernels, { attributes, outputs, from, to, scratch, words }) {
    const terms = termsOf(attributes)
    const offsets = words(offsetsOf(numbersOf(attributes, 'indices')))
    const pointers = words(from.slice(1, 1 + terms))
    const normalised = numbersOf(attributes, 'normalised')
    const norms = words(
      Array.from({ length: terms }, (_, position) => {
        const norm = normalised.indexOf(position)
        return norm < 0 ? [0, 0] : [at(from, 1 + terms + 2 * norm), at(from, 2 + terms + 2 * norm)]
      }).flat(),
    )
    const [weights, y, channels] = [at(from, 0), at(to, 0), lastOf(at(outputs, 0))]
    const rows = sizeOf(at(outputs, 0)) / channels
    return () => kernels.normalisedWeightedSum(weights, offsets, pointers, norms, terms, y, rows, channels, scratch)
  },
}

export const weightedSumGradient: KernelBinding = {
  scratchBytes: (_, { inputs }) => 8 * (inputs.length - 2),
  bind(kernels, { attributes, inputs, from, to, scratch, words }) {
    const offsets = words(offsetsOf(numbersOf(attributes, 'indices')))
    const pointers = words(from.slice(2))
    const [dy, n, dweights] = [at(from, 1), from.length - 2, at(to, 0)]
    const [entries, count] = [sizeOf(at(inputs, 0)), sizeOf(at(inputs, 1))]
    return () => kernels.weightedSumGradient(dy, offsets, pointers, n, dweights, entries, count, scratch)
  },
}

export const dot: KernelBinding = {
  bind(kernels, { inputs, from, to }) {
    const [a, b, y, count] = [at(from, 0), at(from, 1), at(to, 0), sizeOf(at(inputs, 0))]
    return () => kernels.dot(a, b, y, count)
  },
}

export const clipScale: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to, words }) {
    const [pointers, counts] = [words(from), words(inputs.map(sizeOf))]
    const [n, norm, y] = [from.length, numberOf(attributes, 'norm'), at(to, 0)]
    return () => kernels.clipScale(pointers, counts, n, norm, y)
  },
}
