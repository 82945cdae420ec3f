import { larger, smaller, storeLanes } from './simd'

// Pooling, separable: a row of outputs first pools vertically into a line of scratch, then horizontally. Windows are cut
// at the border: padding neither wins a maximum nor counts in an average.

/** line = maximum of rows y0..y1 of x, each `bytes` long (the line has room for whole vectors). */
function maximumOfRows(x: usize, line: usize, bytes: usize, y0: i32, y1: i32): void {
  x += <usize>y0 * bytes
  for (let at: usize = 0; at < bytes; at += 16) {
    let from = x + at
    let value = v128.load(from)
    for (let y = y0 + 1; y < y1; y++) {
      from += bytes
      value = f32x4.max(value, v128.load(from))
    }
    v128.store(line + at, value)
  }
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
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      maximumOfRows(x, scratch, bytes, larger(top, 0), smaller(top + kernel, height))
      for (let ox = 0; ox < outWidth; ox++) {
        const leftmost = ox * stride - pad
        const first = larger(leftmost, 0)
        const count = smaller(leftmost + kernel, width) - first
        const from = scratch + <usize>first * pixel
        for (let channel = 0; channel < channels; channel += 4) {
          let at = from + (<usize>channel << 2)
          let value = v128.load(at)
          for (let k = 1; k < count; k++) {
            at += pixel
            value = f32x4.max(value, v128.load(at))
          }
          storeLanes(y + (<usize>channel << 2), value, channels - channel)
        }
        y += pixel
      }
    }
    x += <usize>height * bytes
  }
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
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * stride - pad
      const y0 = larger(top, 0)
      const rows = smaller(top + kernel, height) - y0
      const source = x + <usize>y0 * bytes
      for (let at: usize = 0; at < bytes; at += 16) {
        let from = source + at
        let value = v128.load(from)
        for (let row = 1; row < rows; row++) {
          from += bytes
          value = f32x4.add(value, v128.load(from))
        }
        v128.store(scratch + at, value)
      }
      for (let ox = 0; ox < outWidth; ox++) {
        const leftmost = ox * stride - pad
        const first = larger(leftmost, 0)
        const count = smaller(leftmost + kernel, width) - first
        const from = scratch + <usize>first * pixel
        const share = f32x4.splat(<f32>1 / <f32>(rows * count))
        for (let channel = 0; channel < channels; channel += 4) {
          let at = from + (<usize>channel << 2)
          let value = v128.load(at)
          for (let k = 1; k < count; k++) {
            at += pixel
            value = f32x4.add(value, v128.load(at))
          }
          storeLanes(y + (<usize>channel << 2), f32x4.mul(value, share), channels - channel)
        }
        y += pixel
      }
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

/** First output whose window reaches input `at`; windows of later ones start after `at` from lastWindow on. */
@inline
function firstWindow(at: i32, kernel: i32, stride: i32): i32 {
  const above = at + ((kernel - 1) >> 1) - kernel + 1
  return above <= 0 ? 0 : (above + stride - 1) / stride
}

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
  for (let b = 0; b < batch; b++) {
    for (let iy = 0; iy < height; iy++) {
      const y0 = firstWindow(iy, kernel, stride)
      const y1 = smaller((iy + pad) / stride + 1, outHeight)
      for (let at: usize = 0; at < bytes; at += 16) {
        let value = f32x4.splat(0)
        for (let oy = y0; oy < y1; oy++) {
          const share = f32x4.splat(<f32>1 / <f32>inside(oy, height, kernel, stride))
          value = f32x4.add(value, f32x4.mul(share, v128.load(dy + <usize>oy * bytes + at)))
        }
        v128.store(scratch + at, value)
      }
      for (let ox = 0; ox < outWidth; ox++) {
        const share = f32x4.splat(<f32>1 / <f32>inside(ox, width, kernel, stride))
        const line = scratch + <usize>ox * pixel
        for (let channel = 0; channel < channels; channel += 4) {
          const at = line + (<usize>channel << 2)
          storeLanes(at, f32x4.mul(share, v128.load(at)), channels - channel)
        }
      }
      for (let ix = 0; ix < width; ix++) {
        const x0 = firstWindow(ix, kernel, stride)
        const x1 = smaller((ix + pad) / stride + 1, outWidth)
        for (let channel = 0; channel < channels; channel += 4) {
          let value = f32x4.splat(0)
          let at = scratch + <usize>x0 * pixel + (<usize>channel << 2)
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
