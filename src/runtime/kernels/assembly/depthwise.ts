import { correlateImage, storeSums, sumImage, tapBytes } from './depthwise-image'
import { tapRow } from './depthwise-taps'
import { aligned, padActivated, paddedWidth, padImage, padWeights, pitchOf } from './padded-image'
import { larger, smaller } from './simd'

// Depthwise convolutions, vectorised over channels. Every image is first copied into scratch between columns of zeros.

/**
 * A whole correlation with padded weights: the forward convolution, and with turned weights the input gradient of one of
 * stride 1.
 * factor, offset: as for padActivated, or 0 for x as it is.
 */
export function correlate(
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
  factor: usize,
  offset: usize,
  scratch: usize,
): void {
  const pitch = pitchOf(channels)
  const columns = paddedWidth(width, pad, outWidth, kernel, stride, dilation)
  const image = aligned(scratch + tapBytes(kernel))
  const xBytes = <usize>(height * width * channels) << 2
  const yBytes = <usize>(outHeight * outWidth * channels) << 2
  memory.fill(image, 0, <usize>height * <usize>columns * pitch)
  for (let b = 0; b < batch; b++) {
    if (factor) padActivated(x, image, height, width, channels, pad, columns, factor, offset)
    else padImage(x, image, height, width, channels, pad, columns)
    correlateImage(
      image,
      columns,
      weights,
      y,
      height,
      channels,
      outHeight,
      outWidth,
      kernel,
      stride,
      dilation,
      pad,
      scratch,
    )
    x += xBytes
    y += yBytes
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
    0,
    0,
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
      0,
      0,
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
  sumProducts(x, dy, dw, batch, height, width, channels, outHeight, outWidth, kernel, stride, dilation, 0, 0, scratch)
}

/** The same; factor, offset: as for padActivated, or 0 for x as it is. */
export function sumProducts(
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
  factor: usize,
  offset: usize,
  scratch: usize,
): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  const pad = (dilation * (kernel - 1)) >> 1
  const columns = paddedWidth(width, pad, outWidth, kernel, stride, dilation)
  const image = aligned(scratch + <usize>(kernel * kernel) * pitch)
  const dyLine = <usize>outWidth * pixel
  memory.fill(scratch, 0, image - scratch + <usize>(height * columns) * pitch)
  for (let b = 0; b < batch; b++) {
    if (factor) padActivated(x, image, height, width, channels, pad, columns, factor, offset)
    else padImage(x, image, height, width, channels, pad, columns)
    sumImage(
      image,
      columns,
      dy,
      dyLine,
      pixel,
      scratch,
      height,
      channels,
      outHeight,
      outWidth,
      kernel,
      stride,
      dilation,
    )
    dy += <usize>outHeight * dyLine
    x += <usize>(height * width) * pixel
  }
  storeSums(scratch, dw, kernel, channels)
}
