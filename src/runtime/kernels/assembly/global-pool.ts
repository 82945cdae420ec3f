import { storeLanes } from './simd'

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
