import { combineLine, combineRows, fillLine, poolLineBytes } from './pool-lines'
import { larger, smaller, storeLanes } from './simd'

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
