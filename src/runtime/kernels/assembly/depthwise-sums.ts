import { slideSums3, slideSums5 } from './depthwise-slide-sums'
import { multiplyAdd } from './simd'

// What a row of outputs contributes to the filter gradient of a depthwise convolution.

/** sums += dy * x over a row of outputs; one tap, one vector of channels. */
@inline
function accumulate1(sums: usize, x: usize, xStep: usize, dy: usize, dyStep: usize, count: i32): void {
  let s0 = v128.load(sums)
  let t0 = f32x4.splat(0)
  let j = 0
  for (; j + 2 <= count; j += 2) {
    s0 = multiplyAdd(s0, v128.load(dy), v128.load(x))
    t0 = multiplyAdd(t0, v128.load(dy + dyStep), v128.load(x + xStep))
    x += xStep << 1
    dy += dyStep << 1
  }
  if (j < count) s0 = multiplyAdd(s0, v128.load(dy), v128.load(x))
  v128.store(sums, f32x4.add(s0, t0))
}

/** Five columns of one kernel row. */
@inline
function accumulate5(
  sums: usize,
  pitch: usize,
  x: usize,
  step: usize,
  xStep: usize,
  dy: usize,
  dyStep: usize,
  count: i32,
): void {
  let x1 = x + step
  let x2 = x1 + step
  let x3 = x2 + step
  let x4 = x3 + step
  const sums1 = sums + pitch
  const sums2 = sums1 + pitch
  const sums3 = sums2 + pitch
  const sums4 = sums3 + pitch
  let s0 = v128.load(sums)
  let s1 = v128.load(sums1)
  let s2 = v128.load(sums2)
  let s3 = v128.load(sums3)
  let s4 = v128.load(sums4)
  for (let j = 0; j < count; j++) {
    const d = v128.load(dy)
    s0 = multiplyAdd(s0, d, v128.load(x))
    s1 = multiplyAdd(s1, d, v128.load(x1))
    s2 = multiplyAdd(s2, d, v128.load(x2))
    s3 = multiplyAdd(s3, d, v128.load(x3))
    s4 = multiplyAdd(s4, d, v128.load(x4))
    x += xStep
    x1 += xStep
    x2 += xStep
    x3 += xStep
    x4 += xStep
    dy += dyStep
  }
  v128.store(sums, s0)
  v128.store(sums1, s1)
  v128.store(sums2, s2)
  v128.store(sums3, s3)
  v128.store(sums4, s4)
}

/** All nine taps of a 3x3 kernel; rows x, x + down, x + 2 * down. */
@inline
function accumulate9(
  sums: usize,
  pitch: usize,
  x: usize,
  down: usize,
  step: usize,
  xStep: usize,
  dy: usize,
  dyStep: usize,
  count: i32,
): void {
  let a = x
  let b = x + down
  let c = b + down
  const step2 = step << 1
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
  for (let j = 0; j < count; j++) {
    const d = v128.load(dy)
    s0 = multiplyAdd(s0, d, v128.load(a))
    s1 = multiplyAdd(s1, d, v128.load(a + step))
    s2 = multiplyAdd(s2, d, v128.load(a + step2))
    s3 = multiplyAdd(s3, d, v128.load(b))
    s4 = multiplyAdd(s4, d, v128.load(b + step))
    s5 = multiplyAdd(s5, d, v128.load(b + step2))
    s6 = multiplyAdd(s6, d, v128.load(c))
    s7 = multiplyAdd(s7, d, v128.load(c + step))
    s8 = multiplyAdd(s8, d, v128.load(c + step2))
    a += xStep
    b += xStep
    c += xStep
    dy += dyStep
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

/** Adds what a row of outputs contributes to all taps. Outputs lie xStep apart in x, taps `step`. */
export function sumRow(
  sums: usize,
  pitch: usize,
  image: usize,
  line: usize,
  top: i32,
  height: i32,
  kernel: i32,
  dilation: i32,
  step: usize,
  xStep: usize,
  dy: usize,
  dyStep: usize,
  count: i32,
): void {
  const nine = kernel == 3 && top >= 0 && top + 2 * dilation < height
  const slid = step == xStep ? count & ~3 : 0
  const rest = count - slid
  const xRest = <usize>slid * xStep
  const dyRest = <usize>slid * dyStep
  for (let at: usize = 0; at < pitch; at += 16) {
    const d = dy + at
    if (nine) {
      const from = image + <usize>top * line + at
      const down = <usize>dilation * line
      if (slid > 0) slideSums3(sums + at, pitch, from, down, step, d, dyStep, slid)
      if (rest > 0) accumulate9(sums + at, pitch, from + xRest, down, step, xStep, d + dyRest, dyStep, rest)
      continue
    }
    for (let ky = 0; ky < kernel; ky++) {
      const iy = top + ky * dilation
      if (<u32>iy >= <u32>height) continue
      let from = image + <usize>iy * line + at
      let to = sums + <usize>(ky * kernel) * pitch + at
      if (kernel == 5 && slid > 0 && ky + 1 < kernel && iy + dilation < height) {
        const down = <usize>dilation * line
        slideSums5(to, pitch, from, down, step, d, dyStep, slid)
        if (rest > 0) {
          accumulate5(to, pitch, from + xRest, step, xStep, d + dyRest, dyStep, rest)
          accumulate5(to + pitch * 5, pitch, from + xRest + down, step, xStep, d + dyRest, dyStep, rest)
        }
        ky++
        continue
      }
      let kx = 0
      for (; kx + 5 <= kernel; kx += 5) {
        accumulate5(to, pitch, from, step, xStep, d, dyStep, count)
        from += step * 5
        to += pitch * 5
      }
      for (; kx < kernel; kx++) {
        accumulate1(to, from, xStep, d, dyStep, count)
        from += step
        to += pitch
      }
    }
  }
}
