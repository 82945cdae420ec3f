import { numberOf, numbersOf } from '../../../operations/attribute.js'
import { at, sizeOf } from '../../../operations/element.js'
import type { TensorflowKernel } from '../kernel.js'

const simple = (op: string): TensorflowKernel => ({ bind: (session) => session.op(op) })

export const relu = simple('Relu')
/** TensorFlow's takes the features after the activation as well as those before it. */
export const reluGradient = simple('ReluGrad')
export const multiply = simple('Mul')
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

const filled = (valueOf: (attributes: Parameters<typeof numberOf>[0]) => number): TensorflowKernel => ({
  bind(session, { attributes }) {
    const shape = numbersOf(attributes, 'shape')
    const constant = session.reals(new Array<number>(sizeOf(shape)).fill(valueOf(attributes)), shape)
    const identity = session.op('Identity')
    return () => identity(constant)
  },
})

export const zeros = filled(() => 0)
export const fill = filled((attributes) => numberOf(attributes, 'value'))
