import { booleanOf, numberOf } from '../../../operations/support/attribute.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'

export const movingAverage: TensorflowKernel = {
  bind(session, { attributes, inputs }) {
    const [multiply, add, subtract] = [session.op('Mul'), session.op('AddV2'), session.op('Sub')]
    const factor = numberOf(attributes, 'factor')
    if (inputs.length === 3) {
      const [one, correction] = [session.number(1), session.number(factor)]
      return (variable, value, momentum) =>
        add(multiply(variable, subtract(one, momentum)), multiply(value, multiply(momentum, correction)))
    }
    const momentum = numberOf(attributes, 'momentum')
    const [kept, taken] = [session.number(1 - momentum), session.number(momentum * factor)]
    return (variable, value) => add(multiply(variable, kept), multiply(value, taken))
  },
}

export const sgd: TensorflowKernel = {
  bind(session, { attributes }) {
    const [multiply, add, subtract] = [session.op('Mul'), session.op('AddV2'), session.op('Sub')]
    const [momentum, decay] = [numberOf(attributes, 'momentum'), numberOf(attributes, 'decay')]
    const nesterov = booleanOf(attributes, 'nesterov')
    const [inertia, shrinking] = [session.number(momentum), session.number(decay)]
    return (variable, velocity, gradient, rate, clip?: TensorId) => {
      const clipped = clip === undefined ? gradient : multiply(gradient, clip)
      const slope = decay === 0 ? clipped : add(clipped, multiply(variable, shrinking))
      const speed = add(multiply(velocity, inertia), slope)
      const step = nesterov ? add(slope, multiply(speed, inertia)) : speed
      return [subtract(variable, multiply(step, rate)), speed]
    }
  },
}

export const adam: TensorflowKernel = {
  bind(session, { attributes }) {
    const [multiply, add, subtract] = [session.op('Mul'), session.op('AddV2'), session.op('Sub')]
    const [divide, root, power, square] = [
      session.op('RealDiv'),
      session.op('Sqrt'),
      session.op('Pow'),
      session.op('Square'),
    ]
    const [beta1, beta2] = [numberOf(attributes, 'beta1'), numberOf(attributes, 'beta2')]
    const decay = numberOf(attributes, 'decay')
    const one = session.number(1)
    const [kept1, kept2] = [session.number(beta1), session.number(beta2)]
    const [taken1, taken2] = [session.number(1 - beta1), session.number(1 - beta2)]
    const [shrinking, epsilon] = [session.number(decay), session.number(numberOf(attributes, 'epsilon'))]
    return (variable, first, second, gradient, rate, step, clip?: TensorId) => {
      const clipped = clip === undefined ? gradient : multiply(gradient, clip)
      const slope = decay === 0 ? clipped : add(clipped, multiply(variable, shrinking))
      const mean = add(multiply(first, kept1), multiply(slope, taken1))
      const spread = add(multiply(second, kept2), multiply(square(slope), taken2))
      const pace = divide(rate, subtract(one, power(kept1, step)))
      const deviation = root(divide(spread, subtract(one, power(kept2, step))))
      return [subtract(variable, divide(multiply(mean, pace), add(deviation, epsilon))), mean, spread]
    }
  },
}
