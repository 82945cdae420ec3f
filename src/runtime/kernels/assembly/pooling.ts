import { larger, smaller, storeLanes } from './simd'

// Pooling, separable: a row of outputs first pools vertically into a line of scratch between pixels of padding, then
// horizontally. Padding neither wins a maximum nor counts in an average.

@inline
function combine(a: v128, b: v128, maximum: bool): v128 {
  // pmax is one machine instruction where max is several.
  return maximum ? f32x4.pmax(a, b) : f32x4.add(a, b)
}

/** line = maximum or sum of `rows` rows of `bytes` each from x on (the line has room for whole vectors). */
@inline
function combineRows(x: usize, line: usize, bytes: usize, rows: i32, maximum: bool): void {
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
function combineLine(
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
function fillLine(line: usize, bytes: usize, value: f32): void {
  const values = f32x4.splat(value)
  for (let at: usize = 0; at < bytes; at += 16) v128.store(line + at, values)
}

/** Pixels of a padded line: what windows reach, and what rows of whole vectors write. */
export function poolLineBytes(width: i32, channels: i32, outWidth: i32, kernel: i32, stride: i32): usize {
  return <usize>(larger(width, outWidth * stride) + 2 * kernel + stride) * (<usize>channels << 2) + 32
}

export function maxPool2d(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  scratch: usize,
): void {
  const pad = (kernel - 1) >> 1
  const pixel = <usize>channels << 2
  const bytes = <usize>width * pixel
  const line = scratch + <usize>pad * pixel
  const lineBytes = poolLineBytes(width, channels, outWidth, kernel, stride)
  fillLine(scratch, lineBytes - 16, -Infinity)
  const behind = line + bytes
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      const first = larger(top, 0)
      combineRows(x + <usize>first * bytes, line, bytes, smaller(top + kernel, height) - first, true)
      // The last vector of the line may have written beyond it.
      v128.store(behind, f32x4.splat(-Infinity))
      combineLine(scratch, y, outWidth, channels, kernel, stride, true)
      y += <usize>outWidth * pixel
    }
    x += <usize>height * bytes
  }
}

/** Adds the gradient where x is the maximum; returns the gradient of those lanes that have not met theirs. */
@inline
function hit(x: usize, dx: usize, maximum: v128, gradient: v128): v128 {
  const hits = f32x4.eq(v128.load(x), maximum)
  v128.store(dx, f32x4.add(v128.load(dx), v128.and(gradient, hits)))
  return v128.andnot(gradient, hits)
}

@inline
function hitRow(x: usize, dx: usize, pixel: usize, maximum: v128, gradient: v128): v128 {
  gradient = hit(x, dx, maximum, gradient)
  gradient = hit(x + pixel, dx + pixel, maximum, gradient)
  return hit(x + (pixel << 1), dx + (pixel << 1), maximum, gradient)
}

/** The gradient goes to the first maximum of each window in scan order. */
export function maxPool2dGradient(
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
): void {
  const pad = (kernel - 1) >> 1
  const pixel = <usize>channels << 2
  const line = <usize>width * pixel
  memory.fill(dx, 0, <usize>batch * <usize>height * line)
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      const y0 = larger(top, 0)
      const rows = smaller(top + kernel, height) - y0
      for (let ox = 0; ox < outWidth; ox++) {
        const leftmost = ox * stride - pad
        const x0 = larger(leftmost, 0)
        const columns = smaller(leftmost + kernel, width) - x0
        const corner = <usize>y0 * line + <usize>x0 * pixel
        for (let channel = 0; channel < channels; channel += 4) {
          const at = <usize>channel << 2
          const lanes = channels - channel
          const maximum = v128.load(y + at)
          let gradient = v128.load(dy + at)
          let offset = corner + at
          if (kernel == 3 && rows == 3 && columns == 3 && lanes >= 4) {
            gradient = hitRow(x + offset, dx + offset, pixel, maximum, gradient)
            offset += line
            gradient = hitRow(x + offset, dx + offset, pixel, maximum, gradient)
            offset += line
            hitRow(x + offset, dx + offset, pixel, maximum, gradient)
            continue
          }
          for (let row = 0; row < rows; row++) {
            let place = offset
            for (let column = 0; column < columns; column++) {
              const hit = f32x4.eq(v128.load(x + place), maximum)
              const to = dx + place
              storeLanes(to, f32x4.add(v128.load(to), v128.and(gradient, hit)), lanes)
              gradient = v128.andnot(gradient, hit)
              place += pixel
            }
            offset += line
          }
        }
        y += pixel
        dy += pixel
      }
    }
    x += <usize>height * line
    dx += <usize>height * line
  }
}

/** shares[i] = 1 / columns of the window of output i that lie inside, for every float of a row of outputs. */
function fillShares(shares: usize, width: i32, channels: i32, outWidth: i32, kernel: i32, stride: i32): void {
  for (let ox = 0; ox < outWidth; ox++) {
    const share: f32 = <f32>1 / <f32>inside(ox, width, kernel, stride)
    for (let channel = 0; channel < channels; channel++) {
      store<f32>(shares, share)
      shares += 4
    }
  }
}

/** y = y * shares * share over `count` floats. */
function multiplyShares(y: usize, shares: usize, share: f32, count: i32): void {
  const values = f32x4.splat(share)
  const vectors = count & ~3
  let i = 0
  for (; i < vectors; i += 4) {
    v128.store(y, f32x4.mul(v128.load(y), f32x4.mul(v128.load(shares), values)))
    y += 16
    shares += 16
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(y) * (load<f32>(shares) * share))
    y += 4
    shares += 4
  }
}

/** scratch: a padded line, and a row of shares. */
export function avgPool2d(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  scratch: usize,
): void {
  const pad = (kernel - 1) >> 1
  const pixel = <usize>channels << 2
  const bytes = <usize>width * pixel
  const line = scratch + <usize>pad * pixel
  const lineBytes = poolLineBytes(width, channels, outWidth, kernel, stride)
  const shares = scratch + lineBytes
  fillLine(scratch, lineBytes - 16, 0)
  fillShares(shares, width, channels, outWidth, kernel, stride)
  const behind = line + bytes
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      const first = larger(top, 0)
      const rows = smaller(top + kernel, height) - first
      combineRows(x + <usize>first * bytes, line, bytes, rows, false)
      v128.store(behind, f32x4.splat(0))
      combineLine(scratch, y, outWidth, channels, kernel, stride, false)
      multiplyShares(y, shares, <f32>1 / <f32>rows, outWidth * channels)
      y += <usize>outWidth * pixel
    }
    x += <usize>height * bytes
  }
}

/** How many of the window's rows (or columns) lie inside. */
@inline
function inside(out: i32, size: i32, kernel: i32, stride: i32): i32 {
  const start = out * stride - ((kernel - 1) >> 1)
  return smaller(start + kernel, size) - larger(start, 0)
}

/** First output whose window reaches input `at`. */
@inline
function firstWindow(at: i32, kernel: i32, stride: i32): i32 {
  const above = at + ((kernel - 1) >> 1) - kernel + 1
  return above <= 0 ? 0 : (above + stride - 1) / stride
}

/** line += row * share over whole vectors. */
@inline
function addScaled(row: usize, line: usize, share: f32, bytes: usize): void {
  const values = f32x4.splat(share)
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(line + at, f32x4.add(v128.load(line + at), f32x4.mul(v128.load(row + at), values)))
  }
}

/** scratch: a padded line of outputs, and a row of shares. */
export function avgPool2dGradient(
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  scratch: usize,
): void {
  const pad = (kernel - 1) >> 1
  const pixel = <usize>channels << 2
  const bytes = <usize>outWidth * pixel
  const lineBytes = poolLineBytes(width, channels, outWidth, kernel, stride)
  const shares = scratch + lineBytes
  // With stride 1, input ix lies in the windows of outputs ix - (kernel - 1 - pad) .. ix + pad.
  const before = <usize>(kernel - 1 - pad) * pixel
  const line = scratch + before
  fillShares(shares, width, channels, outWidth, kernel, stride)
  for (let b = 0; b < batch; b++) {
    for (let iy = 0; iy < height; iy++) {
      fillLine(scratch, lineBytes - 16, 0)
      const y1 = smaller((iy + pad) / stride + 1, outHeight)
      for (let oy = firstWindow(iy, kernel, stride); oy < y1; oy++) {
        addScaled(dy + <usize>oy * bytes, line, <f32>1 / <f32>inside(oy, height, kernel, stride), bytes)
      }
      multiplyShares(line, shares, 1, outWidth * channels)
      if (stride == 1) {
        v128.store(line + bytes, f32x4.splat(0))
        combineLine(scratch, dx, width, channels, kernel, 1, false)
        dx += <usize>width * pixel
        continue
      }
      for (let ix = 0; ix < width; ix++) {
        const x0 = firstWindow(ix, kernel, stride)
        const x1 = smaller((ix + pad) / stride + 1, outWidth)
        for (let channel = 0; channel < channels; channel += 4) {
          let value = f32x4.splat(0)
          let at = line + <usize>x0 * pixel + (<usize>channel << 2)
          for (let ox = x0; ox < x1; ox++) {
            value = f32x4.add(value, v128.load(at))
            at += pixel
          }
          storeLanes(dx + (<usize>channel << 2), value, channels - channel)
        }
        dx += pixel
      }
    }
    dy += <usize>outHeight * bytes
  }
}

/** Mean over all pixels of an image. */
export function globalAvgPool(x: usize, y: usize, batch: i32, pixels: i32, channels: i32): void {
  const pixel = <usize>channels << 2
  const share = f32x4.splat(<f32>1 / <f32>pixels)
  for (let b = 0; b < batch; b++) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      let from = x + at
      let sum = f32x4.splat(0)
      for (let i = 0; i < pixels; i++) {
        sum = f32x4.add(sum, v128.load(from))
        from += pixel
      }
      storeLanes(y + at, f32x4.mul(sum, share), channels - channel)
    }
    x += <usize>pixels * pixel
    y += pixel
  }
}

export function globalAvgPoolGradient(dy: usize, dx: usize, batch: i32, pixels: i32, channels: i32): void {
  const pixel = <usize>channels << 2
  const share = f32x4.splat(<f32>1 / <f32>pixels)
  for (let b = 0; b < batch; b++) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      const value = f32x4.mul(v128.load(dy + at), share)
      let to = dx + at
      for (let i = 0; i < pixels; i++) {
        storeLanes(to, value, channels - channel)
        to += pixel
      }
    }
    dx += <usize>pixels * pixel
    dy += pixel
  }
}
