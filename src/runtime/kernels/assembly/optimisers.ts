// Fused updates of one variable; lr, clip and step are addresses of scalars (clip 0: no clipping).

/** g = clip * gradient + decay * variable; velocity = momentum * velocity + g; variable -= lr * velocity. */
export function sgd(
  variable: usize,
  velocity: usize,
  gradient: usize,
  lr: usize,
  clip: usize,
  momentum: f32,
  decay: f32,
  nesterov: i32,
  count: i32,
): void {
  const rate = load<f32>(lr)
  const factor: f32 = clip ? load<f32>(clip) : 1
  const rates = f32x4.splat(rate)
  const factors = f32x4.splat(factor)
  const momenta = f32x4.splat(momentum)
  const decays = f32x4.splat(decay)
  const vectors = count & ~3
  let i = 0
  for (; i < vectors; i += 4) {
    const value = v128.load(variable)
    const g = f32x4.add(f32x4.mul(factors, v128.load(gradient)), f32x4.mul(decays, value))
    const v = f32x4.add(f32x4.mul(momenta, v128.load(velocity)), g)
    const step = nesterov ? f32x4.add(g, f32x4.mul(momenta, v)) : v
    v128.store(velocity, v)
    v128.store(variable, f32x4.sub(value, f32x4.mul(rates, step)))
    variable += 16
    velocity += 16
    gradient += 16
  }
  for (; i < count; i++) {
    const value = load<f32>(variable)
    const g = factor * load<f32>(gradient) + decay * value
    const v = momentum * load<f32>(velocity) + g
    store<f32>(velocity, v)
    store<f32>(variable, value - rate * (nesterov ? g + momentum * v : v))
    variable += 4
    velocity += 4
    gradient += 4
  }
}

/** beta ^ step by squaring; step is a whole number from 1. */
function power(base: f64, exponent: i32): f64 {
  let result: f64 = 1
  while (exponent > 0) {
    if (exponent & 1) result *= base
    base *= base
    exponent >>= 1
  }
  return result
}

/** Adam (Kingma and Ba 2015, algorithm 1), with L2 decay added to the gradient as in torch.optim.Adam. */
export function adam(
  variable: usize,
  first: usize,
  second: usize,
  gradient: usize,
  lr: usize,
  step: usize,
  clip: usize,
  beta1: f64,
  beta2: f64,
  epsilon: f32,
  decay: f32,
  count: i32,
): void {
  const steps = <i32>nearest<f32>(load<f32>(step))
  const factor: f32 = clip ? load<f32>(clip) : 1
  const rate = <f32>(<f64>load<f32>(lr) / (1 - power(beta1, steps)))
  const correction = <f32>(1 / sqrt<f64>(1 - power(beta2, steps)))
  const b1 = <f32>beta1
  const c1 = <f32>(1 - beta1)
  const b2 = <f32>beta2
  const c2 = <f32>(1 - beta2)
  for (let i = 0; i < count; i++) {
    const value = load<f32>(variable)
    const g = factor * load<f32>(gradient) + decay * value
    const m = b1 * load<f32>(first) + c1 * g
    const v = b2 * load<f32>(second) + c2 * g * g
    store<f32>(first, m)
    store<f32>(second, v)
    store<f32>(variable, value - (rate * m) / (sqrt<f32>(v) * correction + epsilon))
    variable += 4
    first += 4
    second += 4
    gradient += 4
  }
}

/** variable = (1 - m) * variable + m * factor * value; m is `momentum`, or what lies at `momentumAt` unless that is 0. */
export function movingAverage(
  variable: usize,
  value: usize,
  momentumAt: usize,
  momentum: f64,
  factor: f64,
  count: i32,
): void {
  const m = momentumAt ? <f64>load<f32>(momentumAt) : momentum
  for (let i = 0; i < count; i++) {
    store<f32>(variable, <f32>((1 - m) * <f64>load<f32>(variable) + m * factor * <f64>load<f32>(value)))
    variable += 4
    value += 4
  }
}
