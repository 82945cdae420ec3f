import { numberOf } from '../../../operations/support/attribute.js'
import type { Dims } from '../../../operations/support/definition.js'
import { at, lastOf } from '../../../operations/support/element.js'
import { targetOf } from '../../../operations/softmax-cross-entropy.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'
import { flag, float32, int32, integer, type Op, type Session } from '../session.js'

export const softmax: TensorflowKernel = {
  bind(session, { attributes }) {
    const softmax = session.op('Softmax')
    const temperature = numberOf(attributes, 'temperature')
    if (temperature === 1) return (x) => softmax(x)
    const multiply = session.op('Mul')
    const factor = session.number(1 / temperature)
    return (x) => softmax(multiply(x, factor))
  },
}

export const softmaxGradient: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const [multiply, subtract] = [session.op('Mul'), session.op('Sub')]
    const sum = session.op('Sum', { keep_dims: flag(true) })
    const axis = session.integers([at(inputs, 0).length - 1])
    const factor = session.number(1 / numberOf(attributes, 'temperature'))
    return (y, dy) => multiply(multiply(y, subtract(dy, sum(multiply(y, dy), axis))), factor)
  },
}

/** Labels to smoothed target probabilities. */
function targetsOf(session: Session, logits: Dims, smoothing: number): Op {
  const oneHot = session.op('OneHot', { axis: integer(-1) })
  const classes = lastOf(logits)
  const depth = session.integers([classes], [])
  const on = session.number(targetOf(true, classes, smoothing))
  const off = session.number(targetOf(false, classes, smoothing))
  return (labels) => oneHot(labels, depth, on, off)
}

export const softmaxCrossEntropy: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const targets = targetsOf(session, at(inputs, 0), numberOf(attributes, 'smoothing'))
    const entropy = session.ops('SoftmaxCrossEntropyWithLogits', {}, 2)
    const [mean, softmax] = [session.op('Mean'), session.op('Softmax')]
    const axes = session.integers([0])
    return (logits, labels) => {
      const [losses] = entropy(logits, targets(labels))
      if (losses === undefined) throw new Error('TensorFlow gave no cross-entropy')
      return [mean(losses, axes), softmax(logits)]
    }
  },
}

export const softmaxCrossEntropyGradient: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const targets = targetsOf(session, at(inputs, 0), numberOf(attributes, 'smoothing'))
    const [multiply, subtract] = [session.op('Mul'), session.op('Sub')]
    const perImage = session.number(1 / at(at(inputs, 0), 0))
    return (probabilities, labels, dloss) =>
      multiply(subtract(probabilities, targets(labels)), multiply(dloss, perImage))
  },
}

export const softCrossEntropy: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const [multiply, sum, softmax, logSoftmax] = [
      session.op('Mul'),
      session.op('Sum'),
      session.op('Softmax'),
      session.op('LogSoftmax'),
    ]
    const [sharpness, axes] = [session.number(1 / numberOf(attributes, 'temperature')), session.integers([0, 1])]
    const share = session.number(-1 / at(at(inputs, 0), 0))
    return (logits, targets) => {
      const scores = multiply(logits, sharpness)
      return [multiply(sum(multiply(targets, logSoftmax(scores)), axes), share), softmax(scores)]
    }
  },
}

export const softCrossEntropyGradient: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const [multiply, subtract] = [session.op('Mul'), session.op('Sub')]
    const sum = session.op('Sum', { keep_dims: flag(true) })
    const last = session.integers([1])
    const share = session.number(1 / (at(at(inputs, 0), 0) * numberOf(attributes, 'temperature')))
    return (probabilities, targets, dloss) => {
      const difference = subtract(multiply(probabilities, sum(targets, last)), targets)
      return multiply(difference, multiply(dloss, share))
    }
  },
}

/** TensorFlow leaves open which of several maxima ArgMax finds: the first gets the highest mark, and marks are unique. */
export const correctCount: TensorflowKernel = {
  bind(session, { inputs }) {
    const classes = lastOf(at(inputs, 0))
    const greatest = session.op('Max', { keep_dims: flag(true) })
    const [equal, multiply, sum] = [session.op('Equal'), session.op('Mul'), session.op('Sum')]
    const toReal = session.op('Cast', { DstT: float32 })
    const argMax = session.op('ArgMax', { output_type: int32 })
    const marks = session.reals(
      Array.from({ length: classes }, (_, k) => classes - k),
      [1, classes],
    )
    const [last, rows] = [session.integers([1], []), session.integers([0])]
    return (logits: TensorId, labels: TensorId) => {
      const first = argMax(multiply(toReal(equal(logits, greatest(logits, last))), marks), last)
      return sum(toReal(equal(first, labels)), rows)
    }
  },
}
