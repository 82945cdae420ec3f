import { booleanOf, numberOf } from '../../../operations/support/attribute.js'
import type { Dims } from '../../../operations/support/definition.js'
import { at, lastOf, sizeOf } from '../../../operations/support/element.js'
import type { TensorflowKernel } from '../kernel.js'
import { flag, real, type Op, type Session } from '../session.js'

/** TensorFlow's batch norms take four axes; other ranks are seen as [rows, 1, 1, channels] and back. */
function asMap(session: Session, x: Dims): { readonly to: Op; readonly back: Op } {
  if (x.length === 4) return { to: (id) => id, back: (id) => id }
  const reshape = session.op('Reshape')
  const channels = lastOf(x)
  const [map, own] = [session.integers([sizeOf(x) / channels, 1, 1, channels]), session.integers(x)]
  return { to: (id) => reshape(id, map), back: (id) => reshape(id, own) }
}

const repeated = (session: Session, channels: number, value: number) =>
  session.reals(new Array<number>(channels).fill(value))

export const batchNormTrain: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const x = at(inputs, 0)
    const channels = lastOf(x)
    const rows = sizeOf(x) / channels
    const epsilon = numberOf(attributes, 'epsilon')
    const normalise = session.ops('FusedBatchNormV3', { is_training: flag(true), epsilon: real(epsilon) }, 6)
    const [multiply, add, inverseRoot] = [session.op('Mul'), session.op('AddV2'), session.op('Rsqrt')]
    const map = asMap(session, x)
    const [ones, none] = [repeated(session, channels, 1), repeated(session, channels, 0)]
    const empty = session.reals([])
    // TensorFlow gives the unbiased variance.
    const [bias, offset] = [session.number((rows - 1) / rows), session.number(epsilon)]
    return (x, scale = ones, shift = none) => {
      const outputs = normalise(map.to(x), scale, shift, empty, empty)
      const variance = multiply(at(outputs, 2), bias)
      return [map.back(at(outputs, 0)), at(outputs, 1), variance, inverseRoot(add(variance, offset))]
    }
  },
}

export const batchNormTrainGradient: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const x = at(inputs, 0)
    const affine = booleanOf(attributes, 'affine')
    const differentiate = session.ops('FusedBatchNormGradV3', { is_training: flag(true), epsilon: real(0) }, 5)
    const map = asMap(session, x)
    const ones = repeated(session, lastOf(x), 1)
    const empty = session.reals([])
    // On the CPU it asks for the variance, on a GPU for what cuDNN keeps: 1 / sqrt(variance + epsilon).
    const [square, reciprocal] = [session.op('Square'), session.op('Reciprocal')]
    const spread: Op = session.binding.isUsingGpuDevice()
      ? (inverse) => inverse
      : (inverse) => reciprocal(square(inverse))
    return (x, dy, mean, inverse, scale = ones) => {
      const outputs = differentiate(map.to(dy), map.to(x), scale, mean, spread(inverse), empty)
      const dx = map.back(at(outputs, 0))
      return affine ? [dx, at(outputs, 1), at(outputs, 2)] : dx
    }
  },
}

export const batchNormInference: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const x = at(inputs, 0)
    const epsilon = real(numberOf(attributes, 'epsilon'))
    const normalise = session.ops('FusedBatchNormV3', { is_training: flag(false), epsilon }, 6)
    const map = asMap(session, x)
    const [ones, none] = [repeated(session, lastOf(x), 1), repeated(session, lastOf(x), 0)]
    return (x, mean, variance, scale = ones, shift = none) =>
      map.back(at(normalise(map.to(x), scale, shift, mean, variance), 0))
  },
}
