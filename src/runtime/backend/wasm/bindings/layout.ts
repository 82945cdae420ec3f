import { numberOf } from '../../../operations/support/attribute.js'
import { at, lastOf, mapOf, sizeOf } from '../../../operations/support/element.js'
import type { KernelBinding } from '../kernel-binding.js'

export const shift2d: KernelBinding = {
  bind(kernels, { attributes, inputs, from, to }) {
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const x = at(from, 0)
    const y = at(to, 0)
    const down = numberOf(attributes, 'down')
    const right = numberOf(attributes, 'right')
    return () => kernels.shift2d(x, y, batch, height, width, channels, down, right)
  },
}

export const concatChannels: KernelBinding = {
  bind(kernels, { inputs, outputs, from, to }) {
    const total = lastOf(at(outputs, 0))
    const pixels = sizeOf(at(outputs, 0)) / total
    let start = 0
    const copies = inputs.map((dims, i) => {
      const channels = lastOf(dims)
      const args = [at(from, i), 4 * channels, at(to, 0) + 4 * start, 4 * total, pixels, channels]
      start += channels
      return args
    })
    return () => {
      for (const args of copies) kernels.copyChannels(...args)
    }
  },
}

export const sliceChannels: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const total = lastOf(at(inputs, 0))
    const channels = lastOf(at(outputs, 0))
    const x = at(from, 0) + 4 * numberOf(attributes, 'from')
    const y = at(to, 0)
    const pixels = sizeOf(at(inputs, 0)) / total
    return () => kernels.copyChannels(x, 4 * total, y, 4 * channels, pixels, channels)
  },
}

export const padChannels: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to }) {
    const channels = lastOf(at(inputs, 0))
    const total = lastOf(at(outputs, 0))
    const x = at(from, 0)
    const y = at(to, 0)
    const bytes = 4 * sizeOf(at(outputs, 0))
    const start = y + 4 * numberOf(attributes, 'from')
    const pixels = sizeOf(at(inputs, 0)) / channels
    return () => {
      kernels.zero(y, bytes)
      kernels.copyChannels(x, 4 * channels, start, 4 * total, pixels, channels)
    }
  },
}
