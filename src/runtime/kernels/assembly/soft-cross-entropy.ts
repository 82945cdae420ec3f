import { softmaxRow } from './softmax'

/** Mean cross-entropy of softmax(logits / temperature) against rows of targets, and the softmax, which must not be logits. */
export function softCrossEntropy(
  logits: usize,
  targets: usize,
  loss: usize,
  probabilities: usize,
  rows: i32,
  size: i32,
  temperature: f64,
): void {
  let total: f64 = 0
  for (let row = 0; row < rows; row++) {
    const logSum = softmaxRow(logits, probabilities, size, temperature)
    let greatest = load<f32>(logits)
    for (let i = 1; i < size; i++) greatest = max<f32>(greatest, load<f32>(logits + (<usize>i << 2)))
    for (let i = 0; i < size; i++) {
      const at = <usize>i << 2
      const distance = (<f64>greatest - <f64>load<f32>(logits + at)) / temperature
      total += <f64>load<f32>(targets + at) * (distance + logSum)
    }
    logits += <usize>size << 2
    targets += <usize>size << 2
    probabilities += <usize>size << 2
  }
  store<f32>(loss, <f32>(total / <f64>rows))
}

/** dlogits = dloss * (sum(targets) * probabilities - targets) / (rows * temperature). It may be probabilities. */
export function softCrossEntropyGradient(
  probabilities: usize,
  targets: usize,
  dloss: usize,
  dlogits: usize,
  rows: i32,
  size: i32,
  temperature: f64,
): void {
  const factor = <f64>load<f32>(dloss) / (<f64>rows * temperature)
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0
    for (let i = 0; i < size; i++) sum += <f64>load<f32>(targets + (<usize>i << 2))
    for (let i = 0; i < size; i++) {
      const at = <usize>i << 2
      const difference = sum * <f64>load<f32>(probabilities + at) - <f64>load<f32>(targets + at)
      store<f32>(dlogits + at, <f32>(factor * difference))
    }
    probabilities += <usize>size << 2
    targets += <usize>size << 2
    dlogits += <usize>size << 2
  }
}
