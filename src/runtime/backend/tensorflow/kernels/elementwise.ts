import { numberOf, numbersOf } from '../../../operations/support/attribute.js'
import type { Attributes } from '../../../operations/support/definition.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { TensorflowKernel } from '../kernel.js'

const simple = (op: string): TensorflowKernel => ({ bind: (session) => session.op(op) })

export const relu = simple('Relu')
/** TensorFlow's takes the features after the activation as well as those before it. */
export const reluGradient = simple('ReluGrad')
export const multiply = simple('Mul')
export const stopGradient = simple('Identity')
export const scale = simple('Mul')

export const scaleByEntry: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const multiply = session.op('Mul')
    const [index, options] = [numberOf(attributes, 'index'), at(at(inputs, 0), 0)]
    return (weights, x) => multiply(x, at(session.entriesOf(weights, options), index))
  },
}

export const dropPath: TensorflowKernel = {
  bind(session, { inputs }) {
    const x = at(inputs, 0)
    const [reshape, multiply] = [session.op('Reshape'), session.op('Mul')]
    const shape = session.integers(x.map((size, axis) => (axis === 0 ? size : 1)))
    return (x, mask) => multiply(x, reshape(mask, shape))
  },
}

export const reshape: TensorflowKernel = {
  bind(session, { outputs }) {
    const reshape = session.op('Reshape')
    const shape = session.integers(at(outputs, 0))
    return (x) => reshape(x, shape)
  },
}

const filled = (valuesOf: (attributes: Attributes, size: number) => readonly number[]): TensorflowKernel => ({
  bind(session, { attributes }) {
    const shape = numbersOf(attributes, 'shape')
    const constant = session.reals(valuesOf(attributes, sizeOf(shape)), shape)
    const identity = session.op('Identity')
    return () => identity(constant)
  },
})

const repeated = (value: number, size: number): readonly number[] => new Array<number>(size).fill(value)

export const zeros = filled((_, size) => repeated(0, size))
export const fill = filled((attributes, size) => repeated(numberOf(attributes, 'value'), size))
export const constant = filled((attributes) => numbersOf(attributes, 'values'))

/** Factors per channel, or per image and channel, are spread over the map by TensorFlow. */
export const scaleChannels = simple('Mul')

export const scaleChannelsGradient: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 4 * sizeOf(at(inputs, 0)),
  bind(session, { attributes, inputs }) {
    const shape = numbersOf(attributes, 'shape')
    const [multiply, sum, reshape] = [session.op('Mul'), session.op('Sum'), session.op('Reshape')]
    const between = at(inputs, 0).flatMap((_, axis, x) =>
      axis < x.length - 1 && (axis > 0 || shape.length === 1) ? [axis] : [],
    )
    const [axes, result] = [session.integers(between), session.integers(shape)]
    return (x, dy) => reshape(sum(multiply(x, dy), axes), result)
  },
}
