import { multiplyAdd } from './simd'

// Filter gradients of depthwise convolutions of stride 1 over a row of outputs, whose neighbours share the pixels they read.

/**
 * All nine taps of a 3x3 kernel over a row of outputs of stride 1, four at a time: eighteen pixels are loaded for 36
 * products. Rows x, x + down, x + 2 * down.
 */
@inline
export function slideSums3(
  sums: usize,
  pitch: usize,
  x: usize,
  down: usize,
  step: usize,
  dy: usize,
  dyStep: usize,
  count: i32,
): void {
  const row1 = sums + pitch * 3
  const row2 = row1 + pitch * 3
  let s0 = v128.load(sums)
  let s1 = v128.load(sums + pitch)
  let s2 = v128.load(sums + pitch * 2)
  let s3 = v128.load(row1)
  let s4 = v128.load(row1 + pitch)
  let s5 = v128.load(row1 + pitch * 2)
  let s6 = v128.load(row2)
  let s7 = v128.load(row2 + pitch)
  let s8 = v128.load(row2 + pitch * 2)
  for (let j = 0; j < count; j += 4) {
    const d0 = v128.load(dy)
    dy += dyStep
    const d1 = v128.load(dy)
    dy += dyStep
    const d2 = v128.load(dy)
    dy += dyStep
    const d3 = v128.load(dy)
    dy += dyStep
    let p0 = x
    let v = v128.load(p0)
    s0 = multiplyAdd(s0, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d1, v)
    s1 = multiplyAdd(s1, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d2, v)
    s1 = multiplyAdd(s1, d1, v)
    s2 = multiplyAdd(s2, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d3, v)
    s1 = multiplyAdd(s1, d2, v)
    s2 = multiplyAdd(s2, d1, v)
    p0 += step
    v = v128.load(p0)
    s1 = multiplyAdd(s1, d3, v)
    s2 = multiplyAdd(s2, d2, v)
    p0 += step
    v = v128.load(p0)
    s2 = multiplyAdd(s2, d3, v)
    let p1 = x + down
    v = v128.load(p1)
    s3 = multiplyAdd(s3, d0, v)
    p1 += step
    v = v128.load(p1)
    s3 = multiplyAdd(s3, d1, v)
    s4 = multiplyAdd(s4, d0, v)
    p1 += step
    v = v128.load(p1)
    s3 = multiplyAdd(s3, d2, v)
    s4 = multiplyAdd(s4, d1, v)
    s5 = multiplyAdd(s5, d0, v)
    p1 += step
    v = v128.load(p1)
    s3 = multiplyAdd(s3, d3, v)
    s4 = multiplyAdd(s4, d2, v)
    s5 = multiplyAdd(s5, d1, v)
    p1 += step
    v = v128.load(p1)
    s4 = multiplyAdd(s4, d3, v)
    s5 = multiplyAdd(s5, d2, v)
    p1 += step
    v = v128.load(p1)
    s5 = multiplyAdd(s5, d3, v)
    let p2 = x + (down << 1)
    v = v128.load(p2)
    s6 = multiplyAdd(s6, d0, v)
    p2 += step
    v = v128.load(p2)
    s6 = multiplyAdd(s6, d1, v)
    s7 = multiplyAdd(s7, d0, v)
    p2 += step
    v = v128.load(p2)
    s6 = multiplyAdd(s6, d2, v)
    s7 = multiplyAdd(s7, d1, v)
    s8 = multiplyAdd(s8, d0, v)
    p2 += step
    v = v128.load(p2)
    s6 = multiplyAdd(s6, d3, v)
    s7 = multiplyAdd(s7, d2, v)
    s8 = multiplyAdd(s8, d1, v)
    p2 += step
    v = v128.load(p2)
    s7 = multiplyAdd(s7, d3, v)
    s8 = multiplyAdd(s8, d2, v)
    p2 += step
    v = v128.load(p2)
    s8 = multiplyAdd(s8, d3, v)
    x += step << 2
  }
  v128.store(sums, s0)
  v128.store(sums + pitch, s1)
  v128.store(sums + pitch * 2, s2)
  v128.store(row1, s3)
  v128.store(row1 + pitch, s4)
  v128.store(row1 + pitch * 2, s5)
  v128.store(row2, s6)
  v128.store(row2 + pitch, s7)
  v128.store(row2 + pitch * 2, s8)
}

/** Five columns of two kernel rows (x, x + down) over a row of outputs of stride 1, four at a time. */
@inline
export function slideSums5(
  sums: usize,
  pitch: usize,
  x: usize,
  down: usize,
  step: usize,
  dy: usize,
  dyStep: usize,
  count: i32,
): void {
  const below = sums + pitch * 5
  let s0 = v128.load(sums + pitch * 0)
  let s1 = v128.load(sums + pitch * 1)
  let s2 = v128.load(sums + pitch * 2)
  let s3 = v128.load(sums + pitch * 3)
  let s4 = v128.load(sums + pitch * 4)
  let t0 = v128.load(below + pitch * 0)
  let t1 = v128.load(below + pitch * 1)
  let t2 = v128.load(below + pitch * 2)
  let t3 = v128.load(below + pitch * 3)
  let t4 = v128.load(below + pitch * 4)
  for (let j = 0; j < count; j += 4) {
    const d0 = v128.load(dy)
    dy += dyStep
    const d1 = v128.load(dy)
    dy += dyStep
    const d2 = v128.load(dy)
    dy += dyStep
    const d3 = v128.load(dy)
    dy += dyStep
    let v: v128
    let p0 = x
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d1, v)
    s1 = multiplyAdd(s1, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d2, v)
    s1 = multiplyAdd(s1, d1, v)
    s2 = multiplyAdd(s2, d0, v)
    p0 += step
    v = v128.load(p0)
    s0 = multiplyAdd(s0, d3, v)
    s1 = multiplyAdd(s1, d2, v)
    s2 = multiplyAdd(s2, d1, v)
    s3 = multiplyAdd(s3, d0, v)
    p0 += step
    v = v128.load(p0)
    s1 = multiplyAdd(s1, d3, v)
    s2 = multiplyAdd(s2, d2, v)
    s3 = multiplyAdd(s3, d1, v)
    s4 = multiplyAdd(s4, d0, v)
    p0 += step
    v = v128.load(p0)
    s2 = multiplyAdd(s2, d3, v)
    s3 = multiplyAdd(s3, d2, v)
    s4 = multiplyAdd(s4, d1, v)
    p0 += step
    v = v128.load(p0)
    s3 = multiplyAdd(s3, d3, v)
    s4 = multiplyAdd(s4, d2, v)
    p0 += step
    v = v128.load(p0)
    s4 = multiplyAdd(s4, d3, v)
    let p1 = x + down
    v = v128.load(p1)
    t0 = multiplyAdd(t0, d0, v)
    p1 += step
    v = v128.load(p1)
    t0 = multiplyAdd(t0, d1, v)
    t1 = multiplyAdd(t1, d0, v)
    p1 += step
    v = v128.load(p1)
    t0 = multiplyAdd(t0, d2, v)
    t1 = multiplyAdd(t1, d1, v)
    t2 = multiplyAdd(t2, d0, v)
    p1 += step
    v = v128.load(p1)
    t0 = multiplyAdd(t0, d3, v)
    t1 = multiplyAdd(t1, d2, v)
    t2 = multiplyAdd(t2, d1, v)
    t3 = multiplyAdd(t3, d0, v)
    p1 += step
    v = v128.load(p1)
    t1 = multiplyAdd(t1, d3, v)
    t2 = multiplyAdd(t2, d2, v)
    t3 = multiplyAdd(t3, d1, v)
    t4 = multiplyAdd(t4, d0, v)
    p1 += step
    v = v128.load(p1)
    t2 = multiplyAdd(t2, d3, v)
    t3 = multiplyAdd(t3, d2, v)
    t4 = multiplyAdd(t4, d1, v)
    p1 += step
    v = v128.load(p1)
    t3 = multiplyAdd(t3, d3, v)
    t4 = multiplyAdd(t4, d2, v)
    p1 += step
    v = v128.load(p1)
    t4 = multiplyAdd(t4, d3, v)
    x += step << 2
  }
  v128.store(sums + pitch * 0, s0)
  v128.store(sums + pitch * 1, s1)
  v128.store(sums + pitch * 2, s2)
  v128.store(sums + pitch * 3, s3)
  v128.store(sums + pitch * 4, s4)
  v128.store(below + pitch * 0, t0)
  v128.store(below + pitch * 1, t1)
  v128.store(below + pitch * 2, t2)
  v128.store(below + pitch * 3, t3)
  v128.store(below + pitch * 4, t4)
}
