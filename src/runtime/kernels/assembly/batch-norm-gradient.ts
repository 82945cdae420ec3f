import { blockOf, flush, foldNorm, padded } from './batch-norm'
import { multiplyAdd, smaller, storeLanes } from './simd'

// The gradient of a batch norm of x, or of max(0, that norm). With z = (x - mean) * inverse: dshift = sum dy,
// dscale = sum dy * z, dx = scale * inverse * (dy - mean(dy) - z * mean(dy * z)) = dy * factor + x * slope + constant per
// channel. With an activation, dy is 0 where the norm, found again as x * factor + offset, is not positive.

/**
 * Scratch of the gradient: two sums in float64 per channel, then factor, offset, slope and constant in float32, channels
 * rounded up to whole vectors.
 */
@inline
export function termsBytes(channels: i32): usize {
  return padded(channels) << 5
}

@inline
function active(relu: bool, x: v128, dy: v128, factor: v128, offset: v128): v128 {
  return relu ? v128.and(dy, f32x4.gt(multiplyAdd(offset, factor, x), f32x4.splat(0))) : dy
}

/** Adds dy and dy * (x - mean) of all rows to the sums of their channels. */
@inline
function addSums(relu: bool, x: usize, dy: usize, mean: usize, terms: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  const width = padded(channels)
  const products = terms + (width << 3)
  const factor = terms + (width << 4)
  const offset = factor + (width << 2)
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
        const d0 = active(relu, x0, v128.load(dys), f0, o0)
        const d1 = active(relu, x1, v128.load(dys, 16), f1, o1)
        s0 = f32x4.add(s0, d0)
        s1 = f32x4.add(s1, d1)
        p0 = multiplyAdd(p0, d0, f32x4.sub(x0, m0))
        p1 = multiplyAdd(p1, d1, f32x4.sub(x1, m1))
        xs += stride
        dys += stride
      }
      const to = <usize>channel << 3
      flush(terms + to, s0)
      flush(terms + to + 32, s1)
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
        const d0 = active(relu, x0, v128.load(dys), f0, o0)
        s0 = f32x4.add(s0, d0)
        p0 = multiplyAdd(p0, d0, f32x4.sub(x0, m0))
        xs += stride
        dys += stride
      }
      const to = <usize>channel << 3
      flush(terms + to, s0)
      flush(products + to, p0)
    }
  }
}

/**
 * Sums and, from them, the four terms of every channel; dscale and dshift. scale, shift, dscale, dshift: addresses, or 0.
 * terms: termsBytes(channels).
 */
export function gradientTerms(
  relu: bool,
  x: usize,
  dy: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  shift: usize,
  dscale: usize,
  dshift: usize,
  rows: i32,
  channels: i32,
  terms: usize,
): void {
  const width = padded(channels)
  const products = terms + (width << 3)
  const factor = terms + (width << 4)
  const offset = factor + (width << 2)
  const slope = offset + (width << 2)
  const constant = slope + (width << 2)
  memory.fill(terms, 0, width << 4)
  foldNorm(mean, inverse, scale, shift, factor, offset, channels)
  if (relu) addSums(true, x, dy, mean, terms, rows, channels)
  else addSums(false, x, dy, mean, terms, rows, channels)
  const n = <f64>rows
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel << 2
    const inv = <f64>load<f32>(inverse + at)
    const sum = load<f64>(terms + (<usize>channel << 3))
    const product = load<f64>(products + (<usize>channel << 3)) * inv
    if (dshift) store<f32>(dshift + at, <f32>sum)
    if (dscale) store<f32>(dscale + at, <f32>product)
    const gain = (scale ? <f64>load<f32>(scale + at) : 1) * inv
    const perX = (-gain * inv * product) / n
    store<f32>(slope + at, <f32>perX)
    store<f32>(constant + at, <f32>((-gain * sum) / n - perX * <f64>load<f32>(mean + at)))
  }
}

@inline
function combineRows(relu: bool, x: usize, dy: usize, terms: usize, dx: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  const width = padded(channels)
  const factor = terms + (width << 4)
  const offset = factor + (width << 2)
  const slope = offset + (width << 2)
  const constant = slope + (width << 2)
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
      const b0 = v128.load(slope + at)
      const b1 = v128.load(slope + at, 16)
      const c0 = v128.load(constant + at)
      const c1 = v128.load(constant + at, 16)
      let xs = x + base + at
      let dys = dy + base + at
      let to = dx + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const x1 = v128.load(xs, 16)
        const d0 = active(relu, x0, v128.load(dys), f0, o0)
        const d1 = active(relu, x1, v128.load(dys, 16), f1, o1)
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
      const b0 = v128.load(slope + at)
      const c0 = v128.load(constant + at)
      let xs = x + base + at
      let dys = dy + base + at
      let to = dx + base + at
      for (let i = 0; i < size; i++) {
        const x0 = v128.load(xs)
        const d0 = active(relu, x0, v128.load(dys), f0, o0)
        storeLanes(to, multiplyAdd(multiplyAdd(c0, f0, d0), b0, x0), lanes)
        xs += stride
        dys += stride
        to += stride
      }
    }
  }
}

/** dx of some rows, whose terms are known. dx may be x or dy. */
export function combineTerms(
  relu: bool,
  x: usize,
  dy: usize,
  terms: usize,
  dx: usize,
  rows: i32,
  channels: i32,
): void {
  if (relu) combineRows(true, x, dy, terms, dx, rows, channels)
  else combineRows(false, x, dy, terms, dx, rows, channels)
}

/** scale, dscale, dshift: addresses, or 0. dx may be x or dy. scratch: termsBytes(channels). */
export function batchNormTrainGradient(
  x: usize,
  dy: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  dx: usize,
  dscale: usize,
  dshift: usize,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  gradientTerms(false, x, dy, mean, inverse, scale, 0, dscale, dshift, rows, channels, scratch)
  combineTerms(false, x, dy, scratch, dx, rows, channels)
}

/** The same of max(0, batch norm of x). */
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
  gradientTerms(true, x, dy, mean, inverse, scale, shift, dscale, dshift, rows, channels, scratch)
  combineTerms(true, x, dy, scratch, dx, rows, channels)
}
