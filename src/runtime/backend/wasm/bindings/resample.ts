import { at, mapOf } from '../../../operations/support/element.js'
import { axisMapsOf, type AxisMap } from '../../../operations/resample2d.js'
import type { KernelBinding } from '../kernel-binding.js'

export const resample2d: KernelBinding = {
  bind(kernels, { attributes, inputs, outputs, from, to, words }) {
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const out = mapOf(at(outputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    const taps = [rows.taps, words(wordsOf(rows)), columns.taps, words(wordsOf(columns))]
    const args = [at(from, 0), at(to, 0), batch, height, width, channels, out.height, out.width, ...taps]
    return () => kernels.resample2d(...args)
  },
}

/** Index and weight of every tap. */
function wordsOf({ indices, weights }: AxisMap): readonly number[] {
  const bits = new Int32Array(Float32Array.from(weights).buffer)
  return indices.flatMap((index, j) => [index, at(bits, j)])
}
