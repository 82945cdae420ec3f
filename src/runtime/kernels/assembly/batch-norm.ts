import { larger, multiplyAdd, smaller, storeLanes } from './simd'

// Batch normalisation (Ioffe and Szegedy 2015, algorithm 1) over [rows, channels]. Each direction reads its inputs
// twice: once for the sums, once to write. Sums run in float32 over a block of rows and in float64 over blocks.

/** Rows of a block: 8 KiB of a map, so that all maps of a kernel stay in the first-level cache for all their channels. */
@inline
export function blockOf(channels: i32): i32 {
  return larger(16, smaller(512, 2048 / channels))
}

/** Adds four float32 sums to four float64 sums. */
@inline
export function flush(to: usize, sums: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(sums)))
  const high = v128.shuffle<i32>(sums, sums, 2, 3, 2, 3)
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16)
}

@inline
export function padded(channels: i32): usize {
  return <usize>((channels + 3) & ~3)
}

/**
 * mean, variance (biased) and inverse = 1 / sqrt(variance + epsilon) of each channel. Sums are taken of x - x[0], so
 * that a mean far from zero costs no digits. scratch: 2 * padded(channels) float64.
 */
export function batchNormStatistics(
  x: usize,
  mean: usize,
  variance: usize,
  inverse: usize,
  epsilon: f64,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const stride = <usize>channels << 2
  const squares = scratch + (padded(channels) << 3)
  memory.fill(scratch, 0, padded(channels) << 4)
  const block = blockOf(channels)
  for (let from = 0; from < rows; from += block) {
    const size = smaller(block, rows - from)
    const base = x + <usize>from * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      let row = base + (<usize>channel << 2)
      const k0 = v128.load(x + (<usize>channel << 2))
      const k1 = v128.load(x + (<usize>channel << 2), 16)
      let s0 = f32x4.splat(0)
      let s1 = s0
      let q0 = s0
      let q1 = s0
      for (let i = 0; i < size; i++) {
        const v0 = f32x4.sub(v128.load(row), k0)
        const v1 = f32x4.sub(v128.load(row, 16), k1)
        s0 = f32x4.add(s0, v0)
        s1 = f32x4.add(s1, v1)
        q0 = multiplyAdd(q0, v0, v0)
        q1 = multiplyAdd(q1, v1, v1)
        row += stride
      }
      const to = <usize>channel << 3
      flush(scratch + to, s0)
      flush(scratch + to + 32, s1)
      flush(squares + to, q0)
      flush(squares + to + 32, q1)
    }
    for (; channel < channels; channel += 4) {
      let row = base + (<usize>channel << 2)
      const k0 = v128.load(x + (<usize>channel << 2))
      let s0 = f32x4.splat(0)
      let q0 = s0
      for (let i = 0; i < size; i++) {
        const v0 = f32x4.sub(v128.load(row), k0)
        s0 = f32x4.add(s0, v0)
        q0 = multiplyAdd(q0, v0, v0)
        row += stride
      }
      const to = <usize>channel << 3
      flush(scratch + to, s0)
      flush(squares + to, q0)
    }
  }
  const n = <f64>rows
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2
    const sum = load<f64>(scratch + (<usize>channel << 3)) / n
    const square = load<f64>(squares + (<usize>channel << 3)) / n
    const biased = max<f64>(square - sum * sum, 0)
    store<f32>(mean + at, <f32>(<f64>load<f32>(x + at) + sum))
    store<f32>(variance + at, <f32>biased)
    store<f32>(inverse + at, <f32>(1 / sqrt<f64>(biased + epsilon)))
  }
}

/** The norm as a factor and an offset per channel; scale and shift: addresses, or 0. */
export function foldNorm(
  mean: usize,
  inverse: usize,
  scale: usize,
  shift: usize,
  factor: usize,
  offset: usize,
  channels: i32,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2
    const a = scale ? load<f32>(scale + at) * load<f32>(inverse + at) : load<f32>(inverse + at)
    store<f32>(factor + at, a)
    store<f32>(offset + at, (shift ? load<f32>(shift + at) : 0) - load<f32>(mean + at) * a)
  }
}

/** y = x * factor[c] + offset[c]. */
function affine(x: usize, factor: usize, offset: usize, y: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  const block = blockOf(channels)
  for (let from = 0; from < rows; from += block) {
    const size = smaller(block, rows - from)
    const base = <usize>from * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      const at = <usize>channel << 2
      const a0 = v128.load(factor + at)
      const a1 = v128.load(factor + at, 16)
      const b0 = v128.load(offset + at)
      const b1 = v128.load(offset + at, 16)
      let row = x + base + at
      let to = y + base + at
      for (let i = 0; i < size; i++) {
        v128.store(to, multiplyAdd(b0, a0, v128.load(row)))
        v128.store(to, multiplyAdd(b1, a1, v128.load(row, 16)), 16)
        row += stride
        to += stride
      }
    }
    for (; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      const lanes = channels - channel
      const a0 = v128.load(factor + at)
      const b0 = v128.load(offset + at)
      let row = x + base + at
      let to = y + base + at
      for (let i = 0; i < size; i++) {
        storeLanes(to, multiplyAdd(b0, a0, v128.load(row)), lanes)
        row += stride
        to += stride
      }
    }
  }
}

/**
 * scale and shift: addresses, or 0. y may be x. scratch: 2 * padded(channels) float64.
 */
export function batchNormTrain(
  x: usize,
  scale: usize,
  shift: usize,
  y: usize,
  mean: usize,
  variance: usize,
  inverse: usize,
  epsilon: f64,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  batchNormStatistics(x, mean, variance, inverse, epsilon, rows, channels, scratch)
  const offset = scratch + (padded(channels) << 2)
  foldNorm(mean, inverse, scale, shift, scratch, offset, channels)
  affine(x, scratch, offset, y, rows, channels)
}

/** With given statistics. scratch: 2 * padded(channels) float32. */
export function batchNormInference(
  x: usize,
  mean: usize,
  variance: usize,
  scale: usize,
  shift: usize,
  y: usize,
  epsilon: f64,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const offset = scratch + (padded(channels) << 2)
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2
    const inverse = 1 / sqrt<f64>(<f64>load<f32>(variance + at) + epsilon)
    const a = <f32>(scale ? <f64>load<f32>(scale + at) * inverse : inverse)
    store<f32>(scratch + at, a)
    store<f32>(offset + at, (shift ? load<f32>(shift + at) : 0) - load<f32>(mean + at) * a)
  }
  affine(x, scratch, offset, y, rows, channels)
}
