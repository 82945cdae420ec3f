import { combineLine, combineRows, fillLine, poolLineBytes } from './pool-lines'
import { larger, smaller, storeLanes } from './simd'

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
