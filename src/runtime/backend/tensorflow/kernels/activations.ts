import { activationOf, type ActivationName } from '../../../operations/support/activations.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'
import type { Session } from '../session.js'

type Unary = (x: TensorId) => TensorId

/** The function and its derivative, made of TensorFlow's own operations. */
interface Composition {
  readonly value: Unary
  readonly slope: Unary
}

export const activation: TensorflowKernel = {
  bind: (session, { attributes }) => compositionOf(session, activationOf(attributes['function'])).value,
}

export const activationGradient: TensorflowKernel = {
  bind(session, { attributes }) {
    const multiply = session.op('Mul')
    const { slope } = compositionOf(session, activationOf(attributes['function']))
    return (dy, x) => multiply(dy, slope(x))
  },
}

/** What the activations are made of. */
function partsIn(session: Session) {
  const [add, multiply, minus] = [session.op('AddV2'), session.op('Mul'), session.op('Sub')]
  const [sigmoid, tanh, erf, exp] = [session.op('Sigmoid'), session.op('Tanh'), session.op('Erf'), session.op('Exp')]
  const [least, most] = [session.op('Minimum'), session.op('Maximum')]
  const [above, below] = [session.op('Greater'), session.op('Less')]
  const [both, select] = [session.op('LogicalAnd'), session.op('SelectV2')]
  const number = (value: number): TensorId => session.number(value)
  const times = (factor: number, x: TensorId): TensorId => multiply(number(factor), x)
  const plus = (x: TensorId, term: number): TensorId => add(x, number(term))
  const oneMinus: Unary = (x) => minus(number(1), x)
  const clipped = (x: TensorId, high: number): TensorId => least(most(x, number(0)), number(high))
  const within = (x: TensorId, low: number, high: number, inside: TensorId, outside: TensorId): TensorId =>
    select(both(above(x, number(low)), below(x, number(high))), inside, outside)
  return {
    ...{ add, multiply, sigmoid, tanh, exp, number, times, plus, oneMinus, clipped, within },
    isPositive: (x: TensorId): TensorId => select(above(x, number(0)), number(1), number(0)),
    hardSigmoid: (x: TensorId): TensorId => times(1 / 6, clipped(plus(x, 3), 6)),
    /** The distribution function of the standard normal distribution. */
    normal: (x: TensorId): TensorId => times(0.5, plus(erf(times(Math.SQRT1_2, x)), 1)),
    /** What `gelu_tanh` takes the hyperbolic tangent of. */
    inner: (x: TensorId): TensorId =>
      times(Math.sqrt(2 / Math.PI), multiply(x, plus(times(0.044715, multiply(x, x)), 1))),
    innerSlope: (x: TensorId): TensorId => times(Math.sqrt(2 / Math.PI), plus(times(3 * 0.044715, multiply(x, x)), 1)),
    /** The slope of the hyperbolic tangent, by its value. */
    tanhSlope: (t: TensorId): TensorId => oneMinus(multiply(t, t)),
  }
}

function compositionOf(session: Session, name: ActivationName): Composition {
  const { add, multiply, sigmoid, tanh, exp, number, times, plus, oneMinus, clipped, within, ...parts } =
    partsIn(session)
  switch (name) {
    case 'relu6':
      return { value: (x) => clipped(x, 6), slope: (x) => within(x, 0, 6, number(1), number(0)) }
    case 'swish':
      return {
        value: (x) => multiply(x, sigmoid(x)),
        slope(x) {
          const s = sigmoid(x)
          return multiply(s, plus(multiply(x, oneMinus(s)), 1))
        },
      }
    case 'hswish':
      return {
        value: (x) => multiply(x, parts.hardSigmoid(x)),
        slope(x) {
          return within(x, -3, 3, plus(times(1 / 3, x), 0.5), parts.isPositive(x))
        },
      }
    case 'hsigmoid':
      return { value: parts.hardSigmoid, slope: (x) => within(x, -3, 3, number(1 / 6), number(0)) }
    case 'sigmoid':
      return {
        value: sigmoid,
        slope(x) {
          const s = sigmoid(x)
          return multiply(s, oneMinus(s))
        },
      }
    case 'tanh':
      return { value: tanh, slope: (x) => parts.tanhSlope(tanh(x)) }
    case 'gelu':
      return {
        value: (x) => multiply(x, parts.normal(x)),
        slope(x) {
          const bell = times(1 / Math.sqrt(2 * Math.PI), exp(times(-0.5, multiply(x, x))))
          return add(parts.normal(x), multiply(x, bell))
        },
      }
    case 'gelu_tanh':
      return {
        value: (x) => multiply(times(0.5, x), plus(tanh(parts.inner(x)), 1)),
        slope(x) {
          const t = tanh(parts.inner(x))
          return times(0.5, add(plus(t, 1), multiply(multiply(x, parts.tanhSlope(t)), parts.innerSlope(x))))
        },
      }
  }
}
