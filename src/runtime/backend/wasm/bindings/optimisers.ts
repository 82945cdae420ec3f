import { booleanOf, numberOf } from '../../../operations/support/attribute.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const sgd: KernelBinding = {
  bind(kernels, { attributes, inputs, from }) {
    const variable = at(from, 0)
    const velocity = at(from, 1)
    const gradient = at(from, 2)
    const rate = at(from, 3)
    const clip = booleanOf(attributes, 'clipped') ? at(from, 4) : 0
    const momentum = numberOf(attributes, 'momentum')
    const decay = numberOf(attributes, 'decay')
    const nesterov = Number(booleanOf(attributes, 'nesterov'))
    const count = sizeOf(at(inputs, 0))
    return () => kernels.sgd(variable, velocity, gradient, rate, clip, momentum, decay, nesterov, count)
  },
}

export const adam: KernelBinding = {
  bind(kernels, { attributes, inputs, from }) {
    const variable = at(from, 0)
    const first = at(from, 1)
    const second = at(from, 2)
    const gradient = at(from, 3)
    const rate = at(from, 4)
    const step = at(from, 5)
    const clip = booleanOf(attributes, 'clipped') ? at(from, 6) : 0
    const beta1 = numberOf(attributes, 'beta1')
    const beta2 = numberOf(attributes, 'beta2')
    const epsilon = numberOf(attributes, 'epsilon')
    const decay = numberOf(attributes, 'decay')
    const count = sizeOf(at(inputs, 0))
    return () => kernels.adam(variable, first, second, gradient, rate, step, clip, beta1, beta2, epsilon, decay, count)
  },
}

export const movingAverage: KernelBinding = {
  bind(kernels, { attributes, inputs, from }) {
    const [variable, value, momentumAt = 0] = [at(from, 0), at(from, 1), from[2]]
    const momentum = momentumAt === 0 ? numberOf(attributes, 'momentum') : 0
    const factor = numberOf(attributes, 'factor')
    const count = sizeOf(at(inputs, 0))
    return () => kernels.movingAverage(variable, value, momentumAt, momentum, factor, count)
  },
}
