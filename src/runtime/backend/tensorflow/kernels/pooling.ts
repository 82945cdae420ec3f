import { numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, mapOf, sizeOf } from '../../../operations/support/element.js'
import { eachTap, poolWindowOf } from '../../../operations/support/window.js'
import type { TensorflowKernel } from '../kernel.js'
import { flag, float32, integer, text, type Op, type OpAttributes, type Session } from '../session.js'
import { planWindow, type WindowPlan } from './window-plan.js'

const scratchOf = (map: Dims): number => 4 * sizeOf(map)

const windowSize = (attributes: Attributes): OpAttributes => {
  const kernel = numberOf(attributes, 'kernel')
  return { ksize: integer([1, kernel, kernel, 1]) }
}

/** Less than any activation that is a number. */
const LOWEST = -3.4e38

const planOf = (session: Session, input: Dims, attributes: Attributes, around: number): WindowPlan =>
  planWindow(session, input, poolWindowOf(attributes), { around, valid: isWider(attributes, input) })

/** Whether the window is wider than the map: with its own padding, TensorFlow's gradient of a mean is wrong there. */
function isWider(attributes: Attributes, input: Dims): boolean {
  const { height, width } = mapOf(input)
  return numberOf(attributes, 'kernel') > Math.min(height, width)
}

/**
 * oneDNN's maximum with a note of where it was. TensorFlow does not call it by itself when it runs operations one at a
 * time, and its own gradient of a maximum is about two hundred times slower (16x32x32x16, 3x3: 27 ms against 0.14 ms).
 */
const oneDnnPool = (plan: WindowPlan, attributes: Attributes): OpAttributes => ({
  ...windowSize(attributes),
  ...plan.attributes,
  T: float32,
  _kernel: text('MklNameChangeOp'),
})

export const maxPool2d: TensorflowKernel = {
  scratchBytes: ({ inputs }) => scratchOf(at(inputs, 0)),
  bind(session, { attributes, inputs }) {
    const plan = planOf(session, at(inputs, 0), attributes, LOWEST)
    if (session.capabilities.has('pooling by oneDNN')) {
      const pool = session.ops('_MklNativeMaxPool', oneDnnPool(plan, attributes), 2)
      return (x) => at(pool(plan.enter(x)), 0)
    }
    const pool = session.op('MaxPool', { ...windowSize(attributes), ...plan.attributes })
    return (x) => pool(plan.enter(x))
  },
}

export const maxPool2dGradient: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 2 * scratchOf(at(inputs, 0)),
  bind(session, { attributes, inputs }) {
    const plan = planOf(session, at(inputs, 0), attributes, LOWEST)
    if (session.capabilities.has('pooling by oneDNN')) {
      const settings = oneDnnPool(plan, attributes)
      const pool = session.ops('_MklNativeMaxPool', settings, 2)
      const differentiate = session.op('_MklNativeMaxPoolGrad', settings)
      return (x, y, dy) => {
        const wide = plan.enter(x)
        return plan.enterAdjoint(differentiate(wide, y, dy, at(pool(wide), 1)))
      }
    }
    const differentiate = session.op('MaxPoolGrad', { ...windowSize(attributes), ...plan.attributes })
    return (x, y, dy) => plan.enterAdjoint(differentiate(plan.enter(x), y, dy))
  },
}

export const avgPool2d: TensorflowKernel = {
  scratchBytes: ({ inputs }) => 2 * scratchOf(at(inputs, 0)),
  bind(session, { attributes, inputs, outputs }) {
    const plan = planOf(session, at(inputs, 0), attributes, 0)
    const pool = session.op('AvgPool', { ...windowSize(attributes), ...plan.attributes })
    const correct = correction(session, plan, at(inputs, 0), at(outputs, 0), attributes)
    return (x) => correct(pool(plan.enter(x)))
  },
}

export const avgPool2dGradient: TensorflowKernel = {
  scratchBytes: ({ outputs }) => 2 * scratchOf(at(outputs, 0)),
  bind(session, { attributes, inputs, outputs }) {
    const plan = planOf(session, at(outputs, 0), attributes, 0)
    const differentiate = session.op('AvgPoolGrad', { ...windowSize(attributes), ...plan.attributes })
    const correct = correction(session, plan, at(outputs, 0), at(inputs, 0), attributes)
    const shape = session.integers(plan.input)
    return (dy) => plan.enterAdjoint(differentiate(shape, correct(dy)))
  },
}

/**
 * Zeros that were put around the map count as pixels in TensorFlow's means: every mean is multiplied by the size of its
 * window over the number of pixels in it that are the map's.
 */
function correction(session: Session, plan: WindowPlan, input: Dims, output: Dims, attributes: Attributes): Op {
  if (plan.input === input) return (y) => y
  const { height, width } = mapOf(output)
  const [window, counts] = [poolWindowOf(attributes), new Array<number>(height * width).fill(0)]
  const single = (dims: Dims): Dims => [1, at(dims, 1), at(dims, 2), 1]
  eachTap(single(input), single(output), window, (pixel) => {
    counts[pixel] = at(counts, pixel) + 1
  })
  const factors = session.reals(
    counts.map((count) => window.kernel ** 2 / count),
    [1, height, width, 1],
  )
  const multiply = session.op('Mul')
  return (y) => multiply(y, factors)
}

export const globalAvgPool: TensorflowKernel = {
  bind(session) {
    const mean = session.op('Mean', { keep_dims: flag(true) })
    const axes = session.integers([1, 2])
    return (x) => mean(x, axes)
  },
}

export const globalAvgPoolGradient: TensorflowKernel = {
  bind(session, { outputs }) {
    const { height, width } = mapOf(at(outputs, 0))
    const share = session.reals(new Array<number>(height * width).fill(1 / (height * width)), [1, height, width, 1])
    const multiply = session.op('Mul')
    return (dy) => multiply(dy, share)
  },
}
