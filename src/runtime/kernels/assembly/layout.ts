import { larger, smaller } from './simd'

// Kernels that only move values.

/** y[h, w] = x[h + down, w + right], 0 outside. */
export function shift2d(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  down: i32,
  right: i32,
): void {
  const pixel = <usize>channels << 2
  const line = <usize>width * pixel
  memory.fill(y, 0, <usize>batch * <usize>height * line)
  const first = larger(0, -right)
  const count = smaller(width, width - right) - first
  if (count <= 0) return
  for (let b = 0; b < batch; b++) {
    for (let row = larger(0, -down); row < smaller(height, height - down); row++) {
      const from = x + <usize>(row + down) * line + <usize>(first + right) * pixel
      memory.copy(y + <usize>row * line + <usize>first * pixel, from, <usize>count * pixel)
    }
    x += <usize>height * line
    y += <usize>height * line
  }
}

/** Copies `floats` floats of each of `pixels` pixels, which lie fromStep and toStep bytes apart. */
export function copyChannels(from: usize, fromStep: usize, to: usize, toStep: usize, pixels: i32, floats: i32): void {
  const vectors = <usize>(floats >> 2) << 4
  const bytes = <usize>floats << 2
  for (let i = 0; i < pixels; i++) {
    let at: usize = 0
    for (; at < vectors; at += 16) v128.store(to + at, v128.load(from + at))
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at))
    from += fromStep
    to += toStep
  }
}
