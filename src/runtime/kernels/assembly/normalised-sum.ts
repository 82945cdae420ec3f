import { padded } from './batch-norm'
import { multiplyAdd, storeLanes } from './simd'

/** Scratch: a factor per term and channel, and the constant of every channel, in whole vectors; float64 while they add up. */
export function normalisedSumScratch(n: i32, channels: i32): usize {
  return (padded(channels) << 3) + ((<usize>n * padded(channels)) << 2)
}

/**
 * y = sum of weights[k] * norm of x_k over [rows, channels]; `weights` of a term lies at weights + offsets[k] (bytes).
 * norms: the addresses of mean and inverse of every term, or 0 for a term that is summed as it is.
 */
export function normalisedWeightedSum(
  weights: usize,
  offsets: usize,
  pointers: usize,
  norms: usize,
  n: i32,
  y: usize,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const width = padded(channels) << 2
  const constants = scratch
  const factors = scratch + (width << 1)
  foldTerms(weights, offsets, norms, n, channels, constants, factors)
  const stride = <usize>channels << 2
  const end = factors + <usize>n * width
  let row = 0
  for (; row + 4 <= rows; row += 4) {
    const base = <usize>row * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      const at = <usize>channel << 2
      let a0 = v128.load(constants + at)
      let b0 = v128.load(constants + at, 16)
      let a1 = a0
      let b1 = b0
      let a2 = a0
      let b2 = b0
      let a3 = a0
      let b3 = b0
      let pointer = pointers
      for (let factor = factors + at; factor < end; factor += width) {
        let x = <usize>load<u32>(pointer) + base + at
        const f0 = v128.load(factor)
        const f1 = v128.load(factor, 16)
        a0 = multiplyAdd(a0, f0, v128.load(x))
        b0 = multiplyAdd(b0, f1, v128.load(x, 16))
        x += stride
        a1 = multiplyAdd(a1, f0, v128.load(x))
        b1 = multiplyAdd(b1, f1, v128.load(x, 16))
        x += stride
        a2 = multiplyAdd(a2, f0, v128.load(x))
        b2 = multiplyAdd(b2, f1, v128.load(x, 16))
        x += stride
        a3 = multiplyAdd(a3, f0, v128.load(x))
        b3 = multiplyAdd(b3, f1, v128.load(x, 16))
        pointer += 4
      }
      let to = y + base + at
      v128.store(to, a0)
      v128.store(to, b0, 16)
      to += stride
      v128.store(to, a1)
      v128.store(to, b1, 16)
      to += stride
      v128.store(to, a2)
      v128.store(to, b2, 16)
      to += stride
      v128.store(to, a3)
      v128.store(to, b3, 16)
    }
    for (let i = 0; i < 4; i++) {
      sumRow(pointers, base + <usize>i * stride, factors, end, width, constants, y, channel, channels)
    }
  }
  for (; row < rows; row++) sumRow(pointers, <usize>row * stride, factors, end, width, constants, y, 0, channels)
}

/** One row from a channel on. */
@inline
function sumRow(
  pointers: usize,
  base: usize,
  factors: usize,
  end: usize,
  width: usize,
  constants: usize,
  y: usize,
  from: i32,
  channels: i32,
): void {
  for (let channel = from; channel < channels; channel += 4) {
    const at = <usize>channel << 2
    let sum = v128.load(constants + at)
    let pointer = pointers
    for (let factor = factors + at; factor < end; factor += width) {
      sum = multiplyAdd(sum, v128.load(factor), v128.load(<usize>load<u32>(pointer) + base + at))
      pointer += 4
    }
    storeLanes(y + base + at, sum, channels - channel)
  }
}

/** weight * (x - mean) * inverse as x * factor + constant; the constants of all terms together. */
function foldTerms(
  weights: usize,
  offsets: usize,
  norms: usize,
  n: i32,
  channels: i32,
  constants: usize,
  factors: usize,
): void {
  const width = padded(channels) << 2
  memory.fill(constants, 0, width << 1)
  for (let k = 0; k < n; k++) {
    const weight = load<f32>(weights + <usize>load<u32>(offsets + (<usize>k << 2)))
    const norm = norms + (<usize>k << 3)
    const mean = <usize>load<u32>(norm)
    const inverse = <usize>load<u32>(norm, 4)
    for (let channel = 0; channel < channels; channel++) {
      const at = <usize>channel << 2
      const factor = mean ? weight * load<f32>(inverse + at) : weight
      store<f32>(factors + at, factor)
      if (mean) {
        const constant = constants + (<usize>channel << 3)
        store<f64>(constant, load<f64>(constant) - <f64>factor * <f64>load<f32>(mean + at))
      }
    }
    factors += width
  }
  // In place: a float32 comes to lie where an earlier float64 was read.
  for (let channel = 0; channel < channels; channel++) {
    store<f32>(constants + (<usize>channel << 2), <f32>load<f64>(constants + (<usize>channel << 3)))
  }
}
