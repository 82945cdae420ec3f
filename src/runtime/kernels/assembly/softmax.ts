import { exponential, logarithm } from './exponential'

/** Softmax of one row of `size` logits over `temperature`; returns log of the sum of exp(x / temperature - greatest). */
export function softmaxRow(x: usize, y: usize, size: i32, temperature: f64): f64 {
  let greatest = load<f32>(x)
  for (let i = 1; i < size; i++) greatest = max<f32>(greatest, load<f32>(x + (<usize>i << 2)))
  let sum: f64 = 0
  for (let i = 0; i < size; i++) {
    const at = <usize>i << 2
    const value = exponential((<f64>load<f32>(x + at) - <f64>greatest) / temperature)
    store<f32>(y + at, <f32>value)
    sum += value
  }
  const share = 1 / sum
  for (let i = 0; i < size; i++) {
    const at = y + (<usize>i << 2)
    store<f32>(at, <f32>(<f64>load<f32>(at) * share))
  }
  return logarithm(sum)
}

export function softmax(x: usize, y: usize, rows: i32, size: i32, temperature: f64): void {
  for (let row = 0; row < rows; row++) {
    softmaxRow(x, y, size, temperature)
    x += <usize>size << 2
    y += <usize>size << 2
  }
}

/** dx = y * (dy - sum(dy * y)) / temperature. dx may be y or dy. */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, size: i32, temperature: f64): void {
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0
    for (let i = 0; i < size; i++) {
      const at = <usize>i << 2
      sum += <f64>load<f32>(y + at) * <f64>load<f32>(dy + at)
    }
    for (let i = 0; i < size; i++) {
      const at = <usize>i << 2
      store<f32>(dx + at, <f32>((<f64>load<f32>(y + at) * (<f64>load<f32>(dy + at) - sum)) / temperature))
    }
    y += <usize>size << 2
    dy += <usize>size << 2
    dx += <usize>size << 2
  }
}

/**
 * Mean cross-entropy against q = (1 - smoothing) * onehot + smoothing / size (Szegedy et al. 2016, section 7), and the
 * probabilities. labels: int32. probabilities must not be logits.
 */
export function softmaxCrossEntropy(
  logits: usize,
  labels: usize,
  loss: usize,
  probabilities: usize,
  rows: i32,
  size: i32,
  smoothing: f64,
): void {
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    const logSum = softmaxRow(logits, probabilities, size, 1)
    let greatest = load<f32>(logits)
    let sum: f64 = 0
    for (let i = 0; i < size; i++) {
      const value = load<f32>(logits + (<usize>i << 2))
      greatest = max<f32>(greatest, value)
      sum += <f64>value
    }
    const shift = <f64>greatest + logSum
    const label = <f64>load<f32>(logits + (<usize>load<i32>(labels) << 2))
    total += (1 - smoothing) * (shift - label) + smoothing * (shift - sum / <f64>size)
    logits += <usize>size << 2
    probabilities += <usize>size << 2
    labels += 4
  }
  store<f32>(loss, <f32>(total / <f64>rows))
}

/** dlogits = (probabilities - q) * dloss / rows. */
export function softmaxCrossEntropyGradient(
  probabilities: usize,
  labels: usize,
  dloss: usize,
  dlogits: usize,
  rows: i32,
  size: i32,
  smoothing: f64,
): void {
  const factor = <f64>load<f32>(dloss) / <f64>rows
  const even = smoothing / <f64>size
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels)
    for (let i = 0; i < size; i++) {
      const at = <usize>i << 2
      const target = i == label ? 1 - smoothing + even : even
      store<f32>(dlogits + at, <f32>((<f64>load<f32>(probabilities + at) - target) * factor))
    }
    probabilities += <usize>size << 2
    dlogits += <usize>size << 2
    labels += 4
  }
}

/** Rows whose first maximum is the label. */
export function correctCount(logits: usize, labels: usize, y: usize, rows: i32, size: i32): void {
  let correct = 0
  for (let row = 0; row < rows; row++) {
    let best = 0
    for (let i = 1; i < size; i++) {
      if (load<f32>(logits + (<usize>i << 2)) > load<f32>(logits + (<usize>best << 2))) best = i
    }
    if (best == load<i32>(labels)) correct++
    logits += <usize>size << 2
    labels += 4
  }
  store<f32>(y, <f32>correct)
}
