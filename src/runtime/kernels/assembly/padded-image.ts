import { larger, multiplyAdd } from './simd'

// Images between columns of zeros, pixels in whole vectors of channels, `pitch` bytes apart.

@inline
export function pitchOf(channels: i32): usize {
  return <usize>((channels + 3) & ~3) << 2
}

/** Vectors must not straddle cache lines. */
@inline
export function aligned(address: usize): usize {
  return (address + 63) & ~63
}

/** Columns of the padded image: `left` zeros, the image, zeros up to the last column that a tap reads. */
@inline
export function paddedWidth(width: i32, left: i32, outWidth: i32, kernel: i32, stride: i32, dilation: i32): i32 {
  return larger(left + width, (outWidth - 1) * stride + (kernel - 1) * dilation + 1)
}

/** Lines are short: `memory.copy`, a call out of the module, costs more than it saves. */
@inline
function copyVectors(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes
  for (; from + 64 <= end; from += 64, to += 64) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    v128.store(to, v128.load(from, 32), 32)
    v128.store(to, v128.load(from, 48), 48)
  }
  for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from))
}

/** Copies rows of `width` pixels of `channels` floats into rows of `padded` pixels, from column `left` on. */
export function padImage(x: usize, to: usize, height: i32, width: i32, channels: i32, left: i32, padded: i32): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  to += <usize>left * pitch
  if (pitch == pixel) {
    for (let row = 0; row < height; row++) {
      copyVectors(x, to, <usize>width * pixel)
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
export function padWeights(w: usize, to: usize, taps: i32, channels: i32, turned: bool): void {
  const pitch = pitchOf(channels)
  if (turned) to += <usize>(taps - 1) * pitch
  for (let tap = 0; tap < taps; tap++) {
    for (let byte: usize = 0; byte < pitch; byte += 16) v128.store(to + byte, v128.load(w + byte))
    w += <usize>channels << 2
    to = turned ? to - pitch : to + pitch
  }
}

/** The same of max(0, x * factor[c] + offset[c]): an activated batch norm that is stored nowhere else. */
export function padActivated(
  x: usize,
  to: usize,
  height: i32,
  width: i32,
  channels: i32,
  left: i32,
  padded: i32,
  factor: usize,
  offset: usize,
): void {
  const zero = f32x4.splat(0)
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  to += <usize>left * pitch
  for (let row = 0; row < height; row++) {
    for (let byte: usize = 0; byte < pitch; byte += 16) {
      const a = v128.load(factor + byte)
      const b = v128.load(offset + byte)
      let from = x + byte
      let at = to + byte
      for (let column = 0; column < width; column++) {
        v128.store(at, f32x4.pmax(multiplyAdd(b, a, v128.load(from)), zero))
        from += pixel
        at += pitch
      }
    }
    x += <usize>width * pixel
    to += <usize>padded * pitch
  }
}
