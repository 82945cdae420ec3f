import { numberOf, numbersOf } from '../../../operations/support/attribute.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'
import { float32, integer, type Op, type Session } from '../session.js'

/** The sum of any number of tensors of one shape. */
export function sumOf(session: Session, count: number): Op {
  return count === 1 ? session.op('Identity') : session.op('AddN', { N: integer(count), T: float32 })
}

/** The sum of all products of two tensors of `rank` axes. */
function dotOf(session: Session, rank: number): Op {
  const [multiply, sum] = [session.op('Mul'), session.op('Sum')]
  const axes = session.integers(Array.from({ length: rank }, (_, axis) => axis))
  return (a, b) => sum(multiply(a, b), axes)
}

export const add: TensorflowKernel = { bind: (session, { inputs }) => sumOf(session, inputs.length) }

export const dot: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 4 * sizeOf(at(inputs, 0)),
  bind: (session, { inputs }) => dotOf(session, at(inputs, 0).length),
}

export const weightedSum: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 4 * (inputs.length - 1) * sizeOf(at(inputs, 1)),
  bind(session, { attributes, inputs }) {
    const indices = numbersOf(attributes, 'indices')
    const options = at(at(inputs, 0), 0)
    const [multiply, sum] = [session.op('Mul'), sumOf(session, indices.length)]
    return (weights, ...terms) => {
      const entries = session.entriesOf(weights, options)
      return sum(...terms.map((x, i) => multiply(x, at(entries, at(indices, i)))))
    }
  },
}

export const weightedSumGradient: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 4 * sizeOf(at(inputs, 1)),
  bind(session, { attributes, inputs }) {
    const indices = numbersOf(attributes, 'indices')
    const entries = at(at(inputs, 0), 0)
    const dot = dotOf(session, at(inputs, 1).length)
    const add = session.op('AddV2')
    const pack = session.op('Pack', { N: integer(entries), T: float32, axis: integer(0) })
    const zero = session.number(0)
    return (_weights, dy, ...terms) => {
      const sums = new Array<TensorId>(entries).fill(zero)
      terms.forEach((x, i) => {
        const [index, product] = [at(indices, i), dot(dy, x)]
        const before = at(sums, index)
        sums[index] = before === zero ? product : add(before, product)
      })
      return pack(...sums)
    }
  },
}

export const clipScale: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const halfOfSquares = session.op('L2Loss')
    const sum = sumOf(session, inputs.length)
    const [multiply, add, root] = [session.op('Mul'), session.op('AddV2'), session.op('Sqrt')]
    const [divide, least] = [session.op('RealDiv'), session.op('Minimum')]
    const [norm, one] = [session.number(numberOf(attributes, 'norm')), session.number(1)]
    const [two, epsilon] = [session.number(2), session.number(1e-6)]
    return (...gradients) => {
      const squares = multiply(sum(...gradients.map((each) => halfOfSquares(each))), two)
      return least(one, divide(norm, add(root(squares), epsilon)))
    }
  },
}
