import { numberOf } from '../../../operations/support/attribute.js'
import type { Attributes, Dims } from '../../../operations/support/definition.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { Window } from '../../../operations/support/window.js'
import type { TensorflowKernel } from '../kernel.js'
import type { Op, Session } from '../session.js'
import { planWindow } from './window-plan.js'

const windowOf = (kernel: number, attributes: Attributes): Window => ({
  kernel,
  stride: numberOf(attributes, 'stride'),
  dilation: numberOf(attributes, 'dilation'),
})

const scratchOf = (map: Dims): number => 8 * sizeOf(map)

/** TensorFlow's kernels have a fourth axis, the outputs per channel: one. */
function withMultiplier(session: Session, kernel: Dims): Op {
  const reshape = session.op('Reshape')
  const shape = session.integers([...kernel, 1])
  return (w) => reshape(w, shape)
}

export const depthwise2d: TensorflowKernel = {
  scratchBytes: ({ inputs }) => scratchOf(at(inputs, 0)),
  bind(session, { attributes, inputs }) {
    const kernel = at(inputs, 1)
    const dilations = session.capabilities.has('dilated depthwise2d')
    const plan = planWindow(session, at(inputs, 0), windowOf(at(kernel, 0), attributes), { dilations })
    const convolve = session.op('DepthwiseConv2dNative', plan.attributes)
    const widen = withMultiplier(session, kernel)
    return (x, w) => plan.leave(convolve(plan.enter(x), widen(w)))
  },
}

export const depthwise2dInputGradient: TensorflowKernel = {
  scratchBytes: ({ outputs }) => scratchOf(at(outputs, 0)),
  bind(session, { attributes, inputs, outputs }) {
    const kernel = at(inputs, 1)
    const dilations = session.capabilities.has('dilated depthwise2d_input_gradient')
    const plan = planWindow(session, at(outputs, 0), windowOf(at(kernel, 0), attributes), { dilations })
    const convolve = session.op('DepthwiseConv2dNativeBackpropInput', plan.attributes)
    const shape = session.integers(plan.input)
    const widen = withMultiplier(session, kernel)
    return (dy, w) => plan.enterAdjoint(convolve(shape, widen(w), plan.leaveAdjoint(dy)))
  },
}

export const depthwise2dFilterGradient: TensorflowKernel = {
  scratchBytes: ({ inputs }) => scratchOf(at(inputs, 0)),
  bind(session, { attributes, inputs, outputs }) {
    const kernel = at(outputs, 0)
    const dilations = session.capabilities.has('dilated depthwise2d_filter_gradient')
    const plan = planWindow(session, at(inputs, 0), windowOf(at(kernel, 0), attributes), { dilations })
    const convolve = session.op('DepthwiseConv2dNativeBackpropFilter', plan.attributes)
    const reshape = session.op('Reshape')
    const [shape, result] = [session.integers([...kernel, 1]), session.integers(kernel)]
    return (x, dy) => reshape(convolve(plan.enter(x), shape, plan.leaveAdjoint(dy)), result)
  },
}
