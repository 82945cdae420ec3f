import { foldNorm } from './batch-norm'
import { correlate, sumProducts } from './depthwise'
import { padWeights, pitchOf } from './padded-image'

// Depthwise convolutions of max(0, batch norm of x): the copy between columns of zeros, which they make anyway, normalises
// and activates. scale and shift: addresses, or 0. Scratch: depthwiseScratch and 2 * pitch bytes.

export function normReluDepthwise2d(
  x: usize,
  w: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  shift: usize,
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
  const pitch = pitchOf(channels)
  const pad = (dilation * (kernel - 1)) >> 1
  const factor = scratch
  const offset = factor + pitch
  const weights = offset + pitch
  const rest = weights + <usize>(kernel * kernel) * pitch
  foldNorm(mean, inverse, scale, shift, factor, offset, channels)
  padWeights(w, weights, kernel * kernel, channels, false)
  correlate(
    x,
    weights,
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
    factor,
    offset,
    rest,
  )
}

export function normReluDepthwise2dFilterGradient(
  x: usize,
  dy: usize,
  mean: usize,
  inverse: usize,
  scale: usize,
  shift: usize,
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
  const offset = scratch + pitch
  foldNorm(mean, inverse, scale, shift, scratch, offset, channels)
  sumProducts(
    x,
    dy,
    dw,
    batch,
    height,
    width,
    channels,
    outHeight,
    outWidth,
    kernel,
    stride,
    dilation,
    scratch,
    offset,
    offset + pitch,
  )
}
