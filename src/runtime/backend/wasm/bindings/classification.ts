import { numberOf } from '../../../operations/support/attribute.js'
import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { Dims } from '../../../operations/support/definition.js'
import type { KernelBinding } from '../kernel-binding.js'

/** Rows and length of the last axis. */
function rowsOf(dims: Dims): readonly [rows: number, size: number] {
  const size = lastOf(dims)
  return [sizeOf(dims) / size, size]
}

export const softmax: KernelBinding = {
  inPlace: [0],
  bind(kernels, { attributes, inputs, from, to }) {
    const [x, y, [rows, size]] = [at(from, 0), at(to, 0), rowsOf(at(inputs, 0))]
    const temperature = numberOf(attributes, 'temperature')
    return () => kernels.softmax(x, y, rows, size, temperature)
  },
}

export const softmaxGradient: KernelBinding = {
  inPlace: 'all',
  bind(kernels, { attributes, inputs, from, to }) {
    const [y, dy, dx, [rows, size]] = [at(from, 0), at(from, 1), at(to, 0), rowsOf(at(inputs, 0))]
    const temperature = numberOf(attributes, 'temperature')
    return () => kernels.softmaxGradient(y, dy, dx, rows, size, temperature)
  },
}

export const softmaxCrossEntropy: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to }) {
    const logits = at(from, 0)
    const labels = at(from, 1)
    const loss = at(to, 0)
    const probabilities = at(to, 1)
    const [[rows, size], smoothing] = [rowsOf(at(inputs, 0)), numberOf(attributes, 'smoothing')]
    return () => kernels.softmaxCrossEntropy(logits, labels, loss, probabilities, rows, size, smoothing)
  },
}

export const softmaxCrossEntropyGradient: KernelBinding = {
  inPlace: [0],
  bind(kernels, { attributes, inputs, from, to }) {
    const probabilities = at(from, 0)
    const labels = at(from, 1)
    const dloss = at(from, 2)
    const dlogits = at(to, 0)
    const [[rows, size], smoothing] = [rowsOf(at(inputs, 0)), numberOf(attributes, 'smoothing')]
    return () => kernels.softmaxCrossEntropyGradient(probabilities, labels, dloss, dlogits, rows, size, smoothing)
  },
}

export const softCrossEntropy: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to }) {
    const logits = at(from, 0)
    const targets = at(from, 1)
    const loss = at(to, 0)
    const probabilities = at(to, 1)
    const [[rows, size], temperature] = [rowsOf(at(inputs, 0)), numberOf(attributes, 'temperature')]
    return () => kernels.softCrossEntropy(logits, targets, loss, probabilities, rows, size, temperature)
  },
}

export const softCrossEntropyGradient: KernelBinding = {
  inPlace: [0],
  bind(kernels, { attributes, inputs, from, to }) {
    const probabilities = at(from, 0)
    const targets = at(from, 1)
    const dloss = at(from, 2)
    const dlogits = at(to, 0)
    const [[rows, size], temperature] = [rowsOf(at(inputs, 0)), numberOf(attributes, 'temperature')]
    return () => kernels.softCrossEntropyGradient(probabilities, targets, dloss, dlogits, rows, size, temperature)
  },
}

export const correctCount: KernelBinding = {
  bind(kernels, { inputs, from, to }) {
    const [logits, labels, y, [rows, size]] = [at(from, 0), at(from, 1), at(to, 0), rowsOf(at(inputs, 0))]
    return () => kernels.correctCount(logits, labels, y, rows, size)
  },
}
