import { numberOf, numbersOf } from '../../../operations/support/attribute.js'
import type { Dims } from '../../../operations/support/definition.js'
import { at, lastOf, mapOf } from '../../../operations/support/element.js'
import type { TensorflowKernel } from '../kernel.js'
import { float32, integer, type Op, type Session } from '../session.js'

/** Cuts a block of `size` out at `from`. */
export function sliceOf(session: Session, from: Dims, size: Dims): Op {
  const slice = session.op('Slice')
  const [begin, extent] = [session.integers(from), session.integers(size)]
  return (x) => slice(x, begin, extent)
}

/** Surrounds a tensor with a value: per axis how much before and after. */
export function padOf(session: Session, paddings: readonly (readonly [number, number])[], value = 0): Op {
  const pad = session.op('PadV2')
  const [amounts, filling] = [session.integers(paddings.flat(), [paddings.length, 2]), session.number(value)]
  return (x) => pad(x, amounts, filling)
}

export const concatChannels: TensorflowKernel = {
  bind(session, { inputs }) {
    if (inputs.length === 1) return session.op('Identity')
    const concat = session.op('ConcatV2', { N: integer(inputs.length), T: float32 })
    const axis = session.integers([at(inputs, 0).length - 1], [])
    return (...parts) => concat(...parts, axis)
  },
}

export const sliceChannels: TensorflowKernel = {
  bind(session, { attributes, inputs, outputs }) {
    const last = at(inputs, 0).length - 1
    const from = at(inputs, 0).map((_, axis) => (axis === last ? numberOf(attributes, 'from') : 0))
    return sliceOf(session, from, at(outputs, 0))
  },
}

export const padChannels: TensorflowKernel = {
  bind(session, { attributes, inputs, outputs }) {
    const last = at(inputs, 0).length - 1
    const from = numberOf(attributes, 'from')
    const after = lastOf(at(outputs, 0)) - lastOf(at(inputs, 0)) - from
    return padOf(
      session,
      at(inputs, 0).map((_, axis) => (axis === last ? [from, after] : [0, 0])),
    )
  },
}

export const shift2d: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const { batch, height, width, channels } = mapOf(at(inputs, 0))
    const [down, right] = [numberOf(attributes, 'down'), numberOf(attributes, 'right')]
    const rows = Math.max(0, height - Math.abs(down))
    const columns = Math.max(0, width - Math.abs(right))
    if (rows === 0 || columns === 0) return session.op('ZerosLike')
    const slice = sliceOf(session, [0, Math.max(0, down), Math.max(0, right), 0], [batch, rows, columns, channels])
    const pad = padOf(session, [
      [0, 0],
      [Math.max(0, -down), Math.max(0, down)],
      [Math.max(0, -right), Math.max(0, right)],
      [0, 0],
    ])
    return (x) => pad(slice(x))
  },
}

export const slice: TensorflowKernel = {
  bind: (session, { attributes, outputs }) => sliceOf(session, numbersOf(attributes, 'begin'), at(outputs, 0)),
}

export const embed: TensorflowKernel = {
  bind(session, { attributes, inputs, outputs }) {
    const [begin, whole] = [numbersOf(attributes, 'begin'), at(outputs, 0)]
    return padOf(
      session,
      at(inputs, 0).map((size, axis) => [at(begin, axis), at(whole, axis) - at(begin, axis) - size]),
    )
  },
}

export const transpose: TensorflowKernel = {
  bind(session, { attributes }) {
    const transpose = session.op('Transpose')
    const order = session.integers(numbersOf(attributes, 'order'))
    return (x) => transpose(x, order)
  },
}
