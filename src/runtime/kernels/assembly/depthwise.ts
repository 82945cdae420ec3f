import { larger, multiplyAdd, smaller, storeLanes } from './simd'

// Depthwise convolutions, vectorised over channels. Every image is first copied into scratch between columns of zeros, and
// taps that fall outside of the image vertically are left out of the list of taps of a row: so there is no border case.
// Pixels in scratch lie `pitch` bytes apart (whole vectors of channels).

@inline
function pitchOf(channels: i32): usize {
  return <usize>((channels + 3) & ~3) << 2
}

/** Vectors must not straddle cache lines. */
@inline
function aligned(address: usize): usize {
  return (address + 63) & ~63
}

/** Columns of the padded image: `left` zeros, the image, zeros up to the last column that a tap reads. */
@inline
function paddedWidth(width: i32, left: i32, outWidth: i32, kernel: i32, stride: i32, dilation: i32): i32 {
  return larger(left + width, (outWidth - 1) * stride + (kernel - 1) * dilation + 1)
}

/** Copies rows of `width` pixels of `channels` floats into rows of `padded` pixels, from column `left` on. */
function padImage(x: usize, to: usize, height: i32, width: i32, channels: i32, left: i32, padded: i32): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  to += <usize>left * pitch
  if (pitch == pixel) {
    for (let row = 0; row < height; row++) {
      memory.copy(to, x, <usize>width * pixel)
      x += <usize>width * pixel
      to += <usize>padded * pitch
    }
    return
  }
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = to + <usize>column * pitch
      for (let byte: usize = 0; byte < pitch; byte += 16) v128.store(at + byte, v128.load(x + byte))
      x += pixel
    }
    to += <usize>padded * pitch
  }
}

/** w [k, k, channels] into pixels of whole vectors; turned: in reverse order. */
function padWeights(w: usize, to: usize, taps: i32, channels: i32, turned: bool): void {
  const pitch = pitchOf(channels)
  if (turned) to += <usize>(taps - 1) * pitch
  for (let tap = 0; tap < taps; tap++) {
    for (let byte: usize = 0; byte < pitch; byte += 16) v128.store(to + byte, v128.load(w + byte))
    w += <usize>channels << 2
    to = turned ? to - pitch : to + pitch
  }
}

/**
 * One row of outputs: to[j] = sum over taps of weight * source[j]. A tap is two uint32: the address of its first source
 * pixel (to which `offset` is added) and of its weights. Eight neighbours share each load of a weight.
 */
function tapRow(
  to: usize,
  toStep: usize,
  offset: usize,
  sourceStep: usize,
  taps: usize,
  tapCount: i32,
  count: i32,
  channels: i32,
): void {
  const tapsEnd = taps + (<usize>tapCount << 3)
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    let j = 0
    for (; j + 8 <= count; j += 8) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      let s4 = s0
      let s5 = s0
      let s6 = s0
      let s7 = s0
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        let x = <usize>load<u32>(tap) + source
        const weight = v128.load(<usize>load<u32>(tap, 4) + at)
        s0 = multiplyAdd(s0, weight, v128.load(x))
        x += sourceStep
        s1 = multiplyAdd(s1, weight, v128.load(x))
        x += sourceStep
        s2 = multiplyAdd(s2, weight, v128.load(x))
        x += sourceStep
        s3 = multiplyAdd(s3, weight, v128.load(x))
        x += sourceStep
        s4 = multiplyAdd(s4, weight, v128.load(x))
        x += sourceStep
        s5 = multiplyAdd(s5, weight, v128.load(x))
        x += sourceStep
        s6 = multiplyAdd(s6, weight, v128.load(x))
        x += sourceStep
        s7 = multiplyAdd(s7, weight, v128.load(x))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      storeLanes(y, s4, lanes)
      y += toStep
      storeLanes(y, s5, lanes)
      y += toStep
      storeLanes(y, s6, lanes)
      y += toStep
      storeLanes(y, s7, lanes)
      y += toStep
      source += sourceStep << 3
    }
    for (; j + 2 <= count; j += 2) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        const x = <usize>load<u32>(tap) + source
        const weight = v128.load(<usize>load<u32>(tap, 4) + at)
        s0 = multiplyAdd(s0, weight, v128.load(x))
        s1 = multiplyAdd(s1, weight, v128.load(x + sourceStep))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      source += sourceStep << 1
    }
    if (j < count) {
      let s0 = f32x4.splat(0)
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        const x = <usize>load<u32>(tap) + source
        s0 = multiplyAdd(s0, v128.load(<usize>load<u32>(tap, 4) + at), v128.load(x))
      }
      storeLanes(y, s0, lanes)
    }
  }
}

/**
 * Four outputs at a time of a row with a kernel of three columns: six pixels are loaded for twelve products. `lines` holds
 * a pair of addresses per kernel row: first source pixel, weights. Returns how many outputs are done.
 */
function slide3(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  lines: usize,
  lineCount: i32,
  count: i32,
  channels: i32,
): i32 {
  const linesEnd = lines + (<usize>lineCount << 3)
  const done = count & ~3
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    for (let j = 0; j < done; j += 4) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      for (let line = lines; line < linesEnd; line += 8) {
        let x = <usize>load<u32>(line) + source
        const w = <usize>load<u32>(line, 4) + at
        const w0 = v128.load(w)
        const w1 = v128.load(w + pitch)
        const w2 = v128.load(w + (pitch << 1))
        let v = v128.load(x)
        s0 = multiplyAdd(s0, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w1, v)
        s1 = multiplyAdd(s1, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w2, v)
        s1 = multiplyAdd(s1, w1, v)
        s2 = multiplyAdd(s2, w0, v)
        x += step
        v = v128.load(x)
        s1 = multiplyAdd(s1, w2, v)
        s2 = multiplyAdd(s2, w1, v)
        s3 = multiplyAdd(s3, w0, v)
        x += step
        v = v128.load(x)
        s2 = multiplyAdd(s2, w2, v)
        s3 = multiplyAdd(s3, w1, v)
        s3 = multiplyAdd(s3, w2, v128.load(x + step))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      source += step << 2
    }
  }
  return done
}

/** As slide3 for five columns: eight pixels are loaded for twenty products. */
function slide5(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  lines: usize,
  lineCount: i32,
  count: i32,
  channels: i32,
): i32 {
  const linesEnd = lines + (<usize>lineCount << 3)
  const done = count & ~3
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    for (let j = 0; j < done; j += 4) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      for (let line = lines; line < linesEnd; line += 8) {
        let x = <usize>load<u32>(line) + source
        let w = <usize>load<u32>(line, 4) + at
        const w0 = v128.load(w)
        w += pitch
        const w1 = v128.load(w)
        w += pitch
        const w2 = v128.load(w)
        w += pitch
        const w3 = v128.load(w)
        const w4 = v128.load(w + pitch)
        let v = v128.load(x)
        s0 = multiplyAdd(s0, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w1, v)
        s1 = multiplyAdd(s1, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w2, v)
        s1 = multiplyAdd(s1, w1, v)
        s2 = multiplyAdd(s2, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w3, v)
        s1 = multiplyAdd(s1, w2, v)
        s2 = multiplyAdd(s2, w1, v)
        s3 = multiplyAdd(s3, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w4, v)
        s1 = multiplyAdd(s1, w3, v)
        s2 = multiplyAdd(s2, w2, v)
        s3 = multiplyAdd(s3, w1, v)
        x += step
        v = v128.load(x)
        s1 = multiplyAdd(s1, w4, v)
        s2 = multiplyAdd(s2, w3, v)
        s3 = multiplyAdd(s3, w2, v)
        x += step
        v = v128.load(x)
        s2 = multiplyAdd(s2, w4, v)
        s3 = multiplyAdd(s3, w3, v)
        s3 = multiplyAdd(s3, w4, v128.load(x + step))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      source += step << 2
    }
  }
  return done
}

/**
 * A whole correlation with padded weights: the forward convolution, and with turned weights the input gradient of one of
 * stride 1. With stride 1, outputs of one residue modulo the dilation lie on one grid with all their taps, and slide.
 */
function correlate(
  x: usize,
  weights: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  pad: i32,
  scratch: usize,
): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  const columns = paddedWidth(width, pad, outWidth, kernel, stride, dilation)
  const taps = scratch
  const lines = taps + (<usize>(kernel * kernel) << 3)
  const image = aligned(lines + (<usize>kernel << 3))
  const slides = stride == 1 && (kernel == 3 || kernel == 5)
  memory.fill(image, 0, <usize>height * <usize>columns * pitch)
  for (let b = 0; b < batch; b++) {
    padImage(x, image, height, width, channels, pad, columns)
    for (let oy = 0; oy < outHeight; oy++) {
      let tapCount = 0
      let lineCount = 0
      for (let ky = 0; ky < kernel; ky++) {
        const iy = oy * stride + ky * dilation - pad
        if (<u32>iy >= <u32>height) continue
        const line = lines + (<usize>lineCount << 3)
        store<u32>(line, <u32>(image + <usize>(iy * columns) * pitch))
        store<u32>(line, <u32>(weights + <usize>(ky * kernel) * pitch), 4)
        lineCount++
        for (let kx = 0; kx < kernel; kx++) {
          const tap = taps + (<usize>tapCount << 3)
          store<u32>(tap, <u32>(image + <usize>(iy * columns + kx * dilation) * pitch))
          store<u32>(tap, <u32>(weights + <usize>(ky * kernel + kx) * pitch), 4)
          tapCount++
        }
      }
      if (slides) {
        const toStep = <usize>dilation * pixel
        const step = <usize>dilation * pitch
        for (let residue = 0; residue < smaller(dilation, outWidth); residue++) {
          const count = (outWidth - residue + dilation - 1) / dilation
          const to = y + <usize>residue * pixel
          const from = <usize>residue * pitch
          const done =
            kernel == 3
              ? slide3(to, toStep, from, step, pitch, lines, lineCount, count, channels)
              : slide5(to, toStep, from, step, pitch, lines, lineCount, count, channels)
          if (done < count) {
            const next = <usize>done
            tapRow(to + next * toStep, toStep, from + next * step, step, taps, tapCount, count - done, channels)
          }
        }
      } else {
        tapRow(y, pixel, 0, <usize>stride * pitch, taps, tapCount, outWidth, channels)
      }
      y += <usize>outWidth * pixel
    }
    x += <usize>height * <usize>width * pixel
  }
}

/** Scratch of all three kernels: weights, taps of one row, one padded image of the wider side. */
export function depthwiseScratch(
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
): usize {
  const pitch = pitchOf(channels)
  const reach = dilation * (kernel - 1)
  const columns = larger(width, outWidth * stride) + 2 * reach + stride
  const rows = larger(height, outHeight)
  return <usize>(kernel * kernel) * (pitch * 2 + 16) + <usize>rows * <usize>columns * pitch + 128
}

/** x [b, height, width, c], w [k, k, c] -> y [b, outHeight, outWidth, c]. */
export function depthwise2d(
  x: usize,
  w: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  scratch: usize,
): void {
  const pad = (dilation * (kernel - 1)) >> 1
  const rest = scratch + <usize>(kernel * kernel) * pitchOf(channels)
  padWeights(w, scratch, kernel * kernel, channels, false)
  correlate(
    x,
    scratch,
    y,
    batch,
    height,
    width,
    channels,
    outHeight,
    outWidth,
    kernel,
    stride,
    dilation,
    pad,
    rest,
  )
}

/**
 * dx[iy, ix] = sum of dy[oy, ox] * w[ky, kx] over iy + pad = oy * stride + ky * dilation, likewise ix. Columns of one
 * residue modulo the stride have the same taps, and so form a row of tapRow.
 */
export function depthwise2dInputGradient(
  dy: usize,
  w: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  scratch: usize,
): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  const reach = dilation * (kernel - 1)
  const pad = reach >> 1
  if (stride == 1) {
    const rest = scratch + <usize>(kernel * kernel) * pitch
    padWeights(w, scratch, kernel * kernel, channels, true)
    correlate(
      dy,
      scratch,
      dx,
      batch,
      outHeight,
      outWidth,
      channels,
      height,
      width,
      kernel,
      1,
      dilation,
      reach - pad,
      rest,
    )
    return
  }
  // ox ranges over (residue + pad - kx * dilation) / stride + j: `left` below zero, up to (width - 1 + pad) / stride.
  const left = (reach - pad + stride - 1) / stride
  const columns = left + larger(outWidth, (width - 1 + pad) / stride + 1)
  const weights = scratch
  const taps = weights + <usize>(kernel * kernel) * pitch
  const image = aligned(taps + (<usize>(kernel * kernel) << 3))
  padWeights(w, weights, kernel * kernel, channels, false)
  memory.fill(image, 0, <usize>outHeight * <usize>columns * pitch)
  for (let b = 0; b < batch; b++) {
    padImage(dy, image, outHeight, outWidth, channels, left, columns)
    for (let iy = 0; iy < height; iy++) {
      for (let residue = 0; residue < smaller(stride, width); residue++) {
        let tapCount = 0
        for (let ky = 0; ky < kernel; ky++) {
          const y = iy + pad - ky * dilation
          if (y < 0 || y % stride != 0 || y / stride >= outHeight) continue
          for (let kx = 0; kx < kernel; kx++) {
            const x = residue + pad - kx * dilation
            if (x % stride != 0) continue
            const tap = taps + (<usize>tapCount << 3)
            store<u32>(tap, <u32>(image + <usize>((y / stride) * columns + left + x / stride) * pitch))
            store<u32>(tap, <u32>(weights + <usize>(ky * kernel + kx) * pitch), 4)
            tapCount++
          }
        }
        const count = (width - residue + stride - 1) / stride
        tapRow(dx + <usize>residue * pixel, <usize>stride * pixel, 0, pitch, taps, tapCount, count, channels)
      }
      dx += <usize>width * pixel
    }
    dy += <usize>outHeight * <usize>outWidth * pixel
  }
}

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

/**
 * All nine taps of a 3x3 kernel over a row of outputs of stride 1, four at a time: eighteen pixels are loaded for 36
 * products. Rows x, x + down, x + 2 * down.
 */
@inline
function slideSums3(
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

/** Adds what a row of outputs contributes to all taps. Outputs lie xStep apart in x, taps `step`. */
function sumRow(
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

/** dw[ky, kx, c] = sum of x[oy * stride + ky * dilation - pad, ...] * dy[oy, ox], over images and outputs. */
export function depthwise2dFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  scratch: usize,
): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  const pad = (dilation * (kernel - 1)) >> 1
  const columns = paddedWidth(width, pad, outWidth, kernel, stride, dilation)
  const taps = kernel * kernel
  const sums = scratch
  const image = aligned(sums + <usize>taps * pitch)
  const line = <usize>columns * pitch
  const xStep = <usize>stride * pitch
  const step = <usize>dilation * pitch
  memory.fill(scratch, 0, image - scratch + <usize>height * line)
  for (let b = 0; b < batch; b++) {
    padImage(x, image, height, width, channels, pad, columns)
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      if (stride == 1 && kernel == 3 && outWidth >= dilation << 3) {
        // As in `correlate`: one grid per residue modulo the dilation. Short rows do not repay the loads of nine sums.
        for (let residue = 0; residue < smaller(dilation, outWidth); residue++) {
          const count = (outWidth - residue + dilation - 1) / dilation
          const from = image + <usize>residue * pitch
          const to = dy + <usize>residue * pixel
          sumRow(sums, pitch, from, line, top, height, kernel, dilation, step, step, to, <usize>dilation * pixel, count)
        }
      } else {
        sumRow(sums, pitch, image, line, top, height, kernel, dilation, step, xStep, dy, pixel, outWidth)
      }
      dy += <usize>outWidth * pixel
    }
    x += <usize>height * <usize>width * pixel
  }
  for (let tap = 0; tap < taps; tap++) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      storeLanes(dw + <usize>tap * pixel + at, v128.load(sums + <usize>tap * pitch + at), channels - channel)
    }
  }
}
