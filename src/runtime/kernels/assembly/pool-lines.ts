import { larger, storeLanes } from './simd'

// Pooling, separable: a row of outputs first pools vertically into a line of scratch between pixels of padding, then
// horizontally. Padding neither wins a maximum nor counts in an average.

@inline
function combine(a: v128, b: v128, maximum: bool): v128 {
  // pmax is one machine instruction where max is several.
  return maximum ? f32x4.pmax(a, b) : f32x4.add(a, b)
}

/** line = maximum or sum of `rows` rows of `bytes` each from x on (the line has room for whole vectors). */
@inline
export function combineRows(x: usize, line: usize, bytes: usize, rows: i32, maximum: bool): void {
  if (rows == 3) {
    const second = x + bytes
    const third = second + bytes
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = combine(v128.load(x + at), v128.load(second + at), maximum)
      v128.store(line + at, combine(value, v128.load(third + at), maximum))
    }
    return
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    let from = x + at
    let value = v128.load(from)
    for (let row = 1; row < rows; row++) {
      from += bytes
      value = combine(value, v128.load(from), maximum)
    }
    v128.store(line + at, value)
  }
}

/** The window of `kernel` pixels from `from` on, one vector of channels. */
@inline
function combineColumns(from: usize, kernel: i32, pixel: usize, maximum: bool): v128 {
  let value = v128.load(from)
  for (let k = 1; k < kernel; k++) {
    from += pixel
    value = combine(value, v128.load(from), maximum)
  }
  return value
}

/**
 * y = maximum or sum of windows along a line padded on both sides; windows lie `stride` pixels apart. A stride of 1 is
 * one sweep over contiguous floats, whatever the number of channels.
 */
@inline
export function combineLine(
  line: usize,
  y: usize,
  outWidth: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  maximum: bool,
): void {
  const pixel = <usize>channels << 2
  if (stride == 1) {
    const bytes = <usize>outWidth * pixel
    const vectors = bytes & ~15
    let at: usize = 0
    if (kernel == 3) {
      const second = line + pixel
      const third = second + pixel
      for (; at < vectors; at += 16) {
        const value = combine(v128.load(line + at), v128.load(second + at), maximum)
        v128.store(y + at, combine(value, v128.load(third + at), maximum))
      }
    } else {
      for (; at < vectors; at += 16) v128.store(y + at, combineColumns(line + at, kernel, pixel, maximum))
    }
    if (at < bytes) storeLanes(y + at, combineColumns(line + at, kernel, pixel, maximum), <i32>((bytes - at) >> 2))
    return
  }
  for (let ox = 0; ox < outWidth; ox++) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      storeLanes(y + at, combineColumns(line + at, kernel, pixel, maximum), channels - channel)
    }
    line += <usize>stride * pixel
    y += pixel
  }
}

/** Fills `bytes` (rounded up to whole vectors). */
export function fillLine(line: usize, bytes: usize, value: f32): void {
  const values = f32x4.splat(value)
  for (let at: usize = 0; at < bytes; at += 16) v128.store(line + at, values)
}

/** Pixels of a padded line: what windows reach, and what rows of whole vectors write. */
export function poolLineBytes(width: i32, channels: i32, outWidth: i32, kernel: i32, stride: i32): usize {
  return <usize>(larger(width, outWidth * stride) + 2 * kernel + stride) * (<usize>channels << 2) + 32
}
