import { blockOf, flush, padded, statistics } from './batch-norm'
import { multiplyAdd, smaller, storeLanes } from './simd'

// Kernels that read max(0, batch norm of x) and are given x and the statistics: the norm is x * factor[c] + offset[c].

/** scratch: 2 * padded(channels) float64. */
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
  statistics(x, mean, variance, inverse, epsilon, rows, channels, scratch)
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

/** dy where the norm of x is positive, else 0. */
@inline
function masked(x: v128, dy: v128, factor: v128, offset: v128): v128 {
  return v128.and(dy, f32x4.gt(multiplyAdd(offset, factor, x), f32x4.splat(0)))
}

/** As batchNormTrainGradient, of dy where the norm is positive. scratch: 5 * padded(channels) float64. */
export function batchNormReluTrainGradient(
  x: usize,
  dy: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  shift: usize,
  dx: usize,
  dscale: usize,
  dshift: usize,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const stride = <usize>channels << 2
  const width = padded(channels)
  const products = scratch + (width << 3)
  const factor = scratch + (width << 4)
  const offset = factor + (width << 2)
  memory.fill(scratch, 0, width << 4)
  foldNorm(mean, inverse, scale, shift, factor, offset, channels)
  const block = blockOf(channels)
  for (let from = 0; from < rows; from += block) {
    const size = smaller(block, rows - from)
    const base = <usize>from * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      const at = <usize>channel << 2
      const m0 = v128.load(mean + at)
      const m1 = v128.load(mean + at, 16)
      const f0 = v128.load(factor + at)
      const f1 = v128.load(factor + at, 16)
      const o0 = v128.load(offset + at)
      const o1 = v128.load(offset + at, 16)
      let s0 = f32x4.splat(0)
      let s1 = s0
      let p0 = s0
      let p1 = s0
      let xs = x + base + at
      let dys = dy + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const x1 = v128.load(xs, 16)
        const d0 = masked(x0, v128.load(dys), f0, o0)
        const d1 = masked(x1, v128.load(dys, 16), f1, o1)
        s0 = f32x4.add(s0, d0)
        s1 = f32x4.add(s1, d1)
        p0 = multiplyAdd(p0, d0, f32x4.sub(x0, m0))
        p1 = multiplyAdd(p1, d1, f32x4.sub(x1, m1))
        xs += stride
        dys += stride
      }
      const to = <usize>channel << 3
      flush(scratch + to, s0)
      flush(scratch + to + 32, s1)
      flush(products + to, p0)
      flush(products + to + 32, p1)
    }
    for (; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      const m0 = v128.load(mean + at)
      const f0 = v128.load(factor + at)
      const o0 = v128.load(offset + at)
      let s0 = f32x4.splat(0)
      let p0 = s0
      let xs = x + base + at
      let dys = dy + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const d0 = masked(x0, v128.load(dys), f0, o0)
        s0 = f32x4.add(s0, d0)
        p0 = multiplyAdd(p0, d0, f32x4.sub(x0, m0))
        xs += stride
        dys += stride
      }
      const to = <usize>channel << 3
      flush(scratch + to, s0)
      flush(products + to, p0)
    }
  }
  const slopes = offset + (width << 2)
  const constants = slopes + (width << 2)
  const n = <f64>rows
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2
    const inv = <f64>load<f32>(inverse + at)
    const sum = load<f64>(scratch + (<usize>channel << 3))
    const product = load<f64>(products + (<usize>channel << 3)) * inv
    if (dshift) store<f32>(dshift + at, <f32>sum)
    if (dscale) store<f32>(dscale + at, <f32>product)
    const gain = (scale ? <f64>load<f32>(scale + at) : 1) * inv
    const slope = (-gain * inv * product) / n
    store<f32>(slopes + at, <f32>slope)
    store<f32>(constants + at, <f32>((-gain * sum) / n - slope * <f64>load<f32>(mean + at)))
  }
  combine(x, dy, factor, offset, slopes, constants, dx, rows, channels)
}

/** dx = masked dy * factor[c] + x * slope[c] + constant[c]. */
function combine(
  x: usize,
  dy: usize,
  factor: usize,
  offset: usize,
  slopes: usize,
  constants: usize,
  dx: usize,
  rows: i32,
  channels: i32,
): void {
  const stride = <usize>channels << 2
  const block = blockOf(channels)
  for (let from = 0; from < rows; from += block) {
    const size = smaller(block, rows - from)
    const base = <usize>from * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      const at = <usize>channel << 2
      const f0 = v128.load(factor + at)
      const f1 = v128.load(factor + at, 16)
      const o0 = v128.load(offset + at)
      const o1 = v128.load(offset + at, 16)
      const b0 = v128.load(slopes + at)
      const b1 = v128.load(slopes + at, 16)
      const c0 = v128.load(constants + at)
      const c1 = v128.load(constants + at, 16)
      let xs = x + base + at
      let dys = dy + base + at
      let to = dx + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const x1 = v128.load(xs, 16)
        const d0 = masked(x0, v128.load(dys), f0, o0)
        const d1 = masked(x1, v128.load(dys, 16), f1, o1)
        v128.store(to, multiplyAdd(multiplyAdd(c0, f0, d0), b0, x0))
        v128.store(to, multiplyAdd(multiplyAdd(c1, f1, d1), b1, x1), 16)
        xs += stride
        dys += stride
        to += stride
      }
    }
    for (; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      const lanes = channels - channel
      const f0 = v128.load(factor + at)
      const o0 = v128.load(offset + at)
      const b0 = v128.load(slopes + at)
      const c0 = v128.load(constants + at)
      let xs = x + base + at
      let dys = dy + base + at
      let to = dx + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const d0 = masked(x0, v128.load(dys), f0, o0)
        storeLanes(to, multiplyAdd(multiplyAdd(c0, f0, d0), b0, x0), lanes)
        xs += stride
        dys += stride
        to += stride
      }
    }
  }
}
