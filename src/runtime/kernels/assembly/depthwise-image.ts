import { slide3x4, slide5x4, slide5x8 } from './depthwise-slides'
import { sumRow } from './depthwise-sums'
import { tapRow } from './depthwise-taps'
import { pitchOf } from './padded-image'
import { smaller, storeLanes } from './simd'

// One image of a depthwise convolution, between columns of zeros and with pixels `pitch` bytes apart (whole vectors of
// channels). Taps that fall outside of it vertically are left out of the list of taps of a row: so there is no border case.

/** A row of outputs on one grid with all their taps: in blocks, then the rest. */
function slideRow(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  kernel: i32,
  lines: usize,
  lineCount: i32,
  taps: usize,
  tapCount: i32,
  count: i32,
  channels: i32,
): void {
  let done = 0
  if (kernel == 3) {
    done = slide3x4(to, toStep, offset, step, pitch, lines, lineCount, count, channels)
  } else {
    done = slide5x8(to, toStep, offset, step, pitch, lines, lineCount, count, channels)
    const next = <usize>done
    const rest = count - done
    done += slide5x4(to + next * toStep, toStep, offset + next * step, step, pitch, lines, lineCount, rest, channels)
  }
  if (done == count) return
  const next = <usize>done
  tapRow(to + next * toStep, toStep, offset + next * step, step, taps, tapCount, count - done, channels)
}

/** Bytes of the lists of taps that `correlateImage` makes. */
@inline
export function tapBytes(kernel: i32): usize {
  return (<usize>(kernel * kernel) + <usize>kernel) << 3
}

/**
 * Correlates an image of `columns` columns with padded weights. With stride 1, outputs of one residue modulo the dilation
 * lie on one grid with all their taps, and slide.
 */
export function correlateImage(
  image: usize,
  columns: i32,
  weights: usize,
  y: usize,
  height: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  pad: i32,
  taps: usize,
): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  const lines = taps + (<usize>(kernel * kernel) << 3)
  const slides = stride == 1 && (kernel == 3 || kernel == 5)
  for (let oy = 0; oy < outHeight; oy++) {
    let tapCount = 0
    let lineCount = 0
    for (let ky = 0; ky < kernel; ky++) {
      const iy = oy * stride + ky * dilation - pad
      if (<u32>iy >= <u32>height) continue
      const line = lines + (<usize>lineCount << 3)
      store<u32>(line, <u32>(image + <usize>(iy * columns) * pitch))
      store<u32>(line, <u32>(weights + <usize>(ky * kernel) * pitch), 4)
      lineCount++
      for (let kx = 0; kx < kernel; kx++) {
        const tap = taps + (<usize>tapCount << 3)
        store<u32>(tap, <u32>(image + <usize>(iy * columns + kx * dilation) * pitch))
        store<u32>(tap, <u32>(weights + <usize>(ky * kernel + kx) * pitch), 4)
        tapCount++
      }
    }
    if (slides) {
      for (let residue = 0; residue < smaller(dilation, outWidth); residue++) {
        const count = (outWidth - residue + dilation - 1) / dilation
        const to = y + <usize>residue * pixel
        const from = <usize>residue * pitch
        const toStep = <usize>dilation * pixel
        const step = <usize>dilation * pitch
        slideRow(to, toStep, from, step, pitch, kernel, lines, lineCount, taps, tapCount, count, channels)
      }
    } else {
      tapRow(y, pixel, 0, <usize>stride * pitch, taps, tapCount, outWidth, channels)
    }
    y += <usize>outWidth * pixel
  }
}

/**
 * Adds to `sums`, pixels of a kernel `pitch` bytes apart, what an image contributes to the filter gradient. Outputs lie
 * dyStep bytes apart, their rows dyLine.
 */
export function sumImage(
  image: usize,
  columns: i32,
  dy: usize,
  dyLine: usize,
  dyStep: usize,
  sums: usize,
  height: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
): void {
  const pitch = pitchOf(channels)
  const pad = (dilation * (kernel - 1)) >> 1
  const line = <usize>columns * pitch
  const xStep = <usize>stride * pitch
  const step = <usize>dilation * pitch
  for (let oy = 0; oy < outHeight; oy++) {
    const top = oy * stride - pad
    if (stride == 1 && kernel == 3 && outWidth >= dilation << 3) {
      // As in `correlateImage`: one grid per residue modulo the dilation. Short rows do not repay the loads of nine sums.
      for (let residue = 0; residue < smaller(dilation, outWidth); residue++) {
        const count = (outWidth - residue + dilation - 1) / dilation
        const from = image + <usize>residue * pitch
        const to = dy + <usize>residue * dyStep
        sumRow(sums, pitch, from, line, top, height, kernel, dilation, step, step, to, <usize>dilation * dyStep, count)
      }
    } else {
      sumRow(sums, pitch, image, line, top, height, kernel, dilation, step, xStep, dy, dyStep, outWidth)
    }
    dy += dyLine
  }
}

/** Stores a padded filter gradient densely. */
export function storeSums(sums: usize, dw: usize, kernel: i32, channels: i32): void {
  const pitch = pitchOf(channels)
  const pixel = <usize>channels << 2
  for (let tap = 0; tap < kernel * kernel; tap++) {
    for (let channel = 0; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      storeLanes(dw + at, v128.load(sums + at), channels - channel)
    }
    dw += pixel
    sums += pitch
  }
}
