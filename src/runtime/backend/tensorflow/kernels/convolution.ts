import { numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, lastOf, mapOf, sizeOf } from '../../../operations/support/element.js'
import type { Window } from '../../../operations/support/window.js'
import type { TensorId } from '../binding.js'
import type { KernelCall, TensorflowKernel } from '../kernel.js'
import { flag, float32, integer, type Op, type Session } from '../session.js'
import { planWindow } from './window-plan.js'

const windowOf = (kernel: number, attributes: Attributes): Window => ({
  kernel,
  stride: numberOf(attributes, 'stride'),
  dilation: numberOf(attributes, 'dilation'),
})

/** Twice the map: padded or split apart, and joined again. */
const scratchOf = (map: Dims): number => 8 * sizeOf(map)

const narrowed = (dims: Dims, channels: number): Dims => [...dims.slice(0, -1), channels]

/**
 * A 1x1 convolution without a stride is a matrix product, which TensorFlow does faster under that name: the filter
 * gradient of 16x32x32x16 takes 0.12 ms instead of 0.18 ms.
 */
function isProduct(kernel: number, attributes: Attributes): boolean {
  return kernel === 1 && numberOf(attributes, 'stride') === 1 && numberOf(attributes, 'groups') === 1
}

/** The product of two operands seen as matrices, of which the last axis is the columns. */
function product(
  session: Session,
  { inputs, outputs }: KernelCall,
  transpose: { readonly a: boolean; readonly b: boolean },
): Op {
  const multiply = session.op('MatMul', { transpose_a: flag(transpose.a), transpose_b: flag(transpose.b) })
  const reshape = session.op('Reshape')
  const flat = (dims: Dims): TensorId => session.integers([sizeOf(dims) / lastOf(dims), lastOf(dims)])
  const [left, right, result] = [flat(at(inputs, 0)), flat(at(inputs, 1)), session.integers(at(outputs, 0))]
  return (a, b) => reshape(multiply(reshape(a, left), reshape(b, right)), result)
}

export const conv2d: TensorflowKernel = {
  scratchBytes: ({ inputs }) => scratchOf(at(inputs, 0)),
  bind(session, call) {
    const { attributes, inputs } = call
    const groups = numberOf(attributes, 'groups')
    const [x, kernel] = [at(inputs, 0), at(inputs, 1)]
    if (isProduct(at(kernel, 0), attributes)) return product(session, call, { a: false, b: false })
    const input = narrowed(x, mapOf(x).channels / groups)
    const dilations = session.capabilities.has('dilated conv2d')
    const plan = planWindow(session, input, windowOf(at(kernel, 0), attributes), { dilations })
    const convolve = session.op('Conv2D', plan.attributes)
    return inGroups(session, groups, (x, w) => plan.leave(convolve(plan.enter(x), w)))
  },
}

export const conv2dInputGradient: TensorflowKernel = {
  scratchBytes: ({ outputs }) => scratchOf(at(outputs, 0)),
  bind(session, call) {
    const { attributes, inputs, outputs } = call
    const groups = numberOf(attributes, 'groups')
    const [kernel, dx] = [at(inputs, 1), at(outputs, 0)]
    if (isProduct(at(kernel, 0), attributes)) return product(session, call, { a: false, b: true })
    const input = narrowed(dx, mapOf(dx).channels / groups)
    const dilations = session.capabilities.has('dilated conv2d_input_gradient')
    const plan = planWindow(session, input, windowOf(at(kernel, 0), attributes), { dilations })
    const convolve = session.op('Conv2DBackpropInput', plan.attributes)
    const shape = session.integers(plan.input)
    return inGroups(session, groups, (dy, w) => plan.enterAdjoint(convolve(shape, w, plan.leaveAdjoint(dy))))
  },
}

export const conv2dFilterGradient: TensorflowKernel = {
  scratchBytes: ({ inputs }) => scratchOf(at(inputs, 0)),
  bind(session, call) {
    const { attributes, inputs, outputs } = call
    const groups = numberOf(attributes, 'groups')
    const [x, dw] = [at(inputs, 0), at(outputs, 0)]
    if (isProduct(at(dw, 0), attributes)) return product(session, call, { a: true, b: false })
    const input = narrowed(x, mapOf(x).channels / groups)
    const dilations = session.capabilities.has('dilated conv2d_filter_gradient')
    const plan = planWindow(session, input, windowOf(at(dw, 0), attributes), { dilations })
    const convolve = session.op('Conv2DBackpropFilter', plan.attributes)
    const shape = session.integers(narrowed(dw, at(dw, 3) / groups))
    return inGroups(session, groups, (x, dy) => convolve(plan.enter(x), shape, plan.leaveAdjoint(dy)))
  },
}

/** Both operands are split along their last axis, and the results are put side by side. */
function inGroups(session: Session, groups: number, one: Op): Op {
  if (groups === 1) return one
  const split = session.ops('Split', { num_split: integer(groups) }, groups)
  const concat = session.op('ConcatV2', { N: integer(groups), T: float32 })
  const axis = session.integers([3], [])
  return (a: TensorId, b: TensorId) => {
    const [left, right] = [split(axis, a), split(axis, b)]
    return concat(...left.map((each, group) => one(each, at(right, group))), axis)
  }
}
