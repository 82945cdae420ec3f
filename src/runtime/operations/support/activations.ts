/** A function of one number, and its derivative. */
export interface ActivationFunction {
  value(x: number): number
  slope(x: number): number
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const bell = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
const inner = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)
const innerSlope = (x: number): number => Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)

/** What the operation `activation` knows. The order is that of the kernels: new ones at the end. */
export const activations = {
  relu6: { value: (x) => Math.min(Math.max(x, 0), 6), slope: (x) => (x > 0 && x < 6 ? 1 : 0) },
  /** Also called SiLU. */
  swish: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))) },
  /** MobileNetV3 (Howard et al., ICCV 2019). */
  hswish: {
    value: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
    slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  },
  hsigmoid: { value: (x) => Math.min(Math.max(x + 3, 0), 6) / 6, slope: (x) => (x > -3 && x < 3 ? 1 / 6 : 0) },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  tanh: { value: (x) => Math.tanh(x), slope: (x) => 1 - Math.tanh(x) ** 2 },
  /** x * P(X <= x) of a standard normal X. */
  gelu: { value: (x) => x * below(x), slope: (x) => below(x) + x * bell(x) },
  /** Hendrycks and Gimpel's approximation of it. */
  gelu_tanh: {
    value: (x) => 0.5 * x * (1 + Math.tanh(inner(x))),
    slope: (x) => 0.5 * (1 + Math.tanh(inner(x))) + 0.5 * x * (1 - Math.tanh(inner(x)) ** 2) * innerSlope(x),
  },
} as const satisfies Readonly<Record<string, ActivationFunction>>

export type ActivationName = keyof typeof activations

export const activationNames = Object.keys(activations) as readonly ActivationName[] // its keys, no others

export function isActivationName(name: unknown): name is ActivationName {
  return typeof name === 'string' && Object.hasOwn(activations, name)
}

/** The function of an operation's attribute `function`. A name that the table lacks is a defect of the planner and throws. */
export function activationOf(name: unknown): ActivationName {
  if (isActivationName(name)) return name
  throw new Error(`there is no activation '${String(name)}'`)
}

/** P(X <= x) of a standard normal X, by a series of positive terms. */
function below(x: number): number {
  if (x < -8 || x > 8) return x < 0 ? 0 : 1
  let term = x
  let sum = x
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n
    sum += term
  }
  return 0.5 + bell(x) * sum
}
