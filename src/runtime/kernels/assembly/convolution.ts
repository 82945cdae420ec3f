import { gemm, gemmTransposedA, panelBytes, transpose } from './gemm'
import { smaller, storeLanes } from './simd'

// Convolution as matrix products: y[M, cout] = columns[M, k * k * cin / groups] w, with M = batch * outHeight * outWidth.
// A 1x1 convolution of stride 1 has its input as columns; else blocks of rows of columns are gathered into scratch.

/** Bytes of a block of columns: fits the second-level cache beside weights and outputs. */
const COLUMN_BYTES: i32 = 131072

@inline
function rowsOfBlock(k: i32): i32 {
  const rows = COLUMN_BYTES / (k << 2)
  return rows < 8 ? 8 : rows & ~3
}

/**
 * Gathers rows first..first+count of the columns of one group. Copies run in whole vectors: what is written beyond a tap
 * is overwritten by the next (scratch keeps 16 bytes behind).
 */
function gather(
  x: usize,
  to: usize,
  first: i32,
  count: i32,
  height: i32,
  width: i32,
  pixelBytes: usize,
  tapChannels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
): void {
  const pad = (dilation * (kernel - 1)) >> 1
  const zero = f32x4.splat(0)
  const tapBytes = <usize>tapChannels << 2
  let ox = first % outWidth
  let rest = first / outWidth
  let oy = rest % outHeight
  let image = x + <usize>(rest / outHeight) * <usize>height * <usize>width * pixelBytes
  for (let row = 0; row < count; row++) {
    for (let ky = 0; ky < kernel; ky++) {
      const iy = oy * stride + ky * dilation - pad
      const line = image + <usize>iy * <usize>width * pixelBytes
      for (let kx = 0; kx < kernel; kx++) {
        const ix = ox * stride + kx * dilation - pad
        if (<u32>iy < <u32>height && <u32>ix < <u32>width) {
          const from = line + <usize>ix * pixelBytes
          for (let at: usize = 0; at < tapBytes; at += 16) v128.store(to + at, v128.load(from + at))
        } else {
          for (let at: usize = 0; at < tapBytes; at += 16) v128.store(to + at, zero)
        }
        to += tapBytes
      }
    }
    if (++ox == outWidth) {
      ox = 0
      if (++oy == outHeight) {
        oy = 0
        image += <usize>height * <usize>width * pixelBytes
      }
    }
  }
}

/** Adds rows of columns back to where they were gathered from. */
function scatter(
  from: usize,
  x: usize,
  first: i32,
  count: i32,
  height: i32,
  width: i32,
  pixelBytes: usize,
  tapChannels: i32,
  outHeight: i32,
  outWidth: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
): void {
  const pad = (dilation * (kernel - 1)) >> 1
  const tapBytes = <usize>tapChannels << 2
  let ox = first % outWidth
  let rest = first / outWidth
  let oy = rest % outHeight
  let image = x + <usize>(rest / outHeight) * <usize>height * <usize>width * pixelBytes
  for (let row = 0; row < count; row++) {
    for (let ky = 0; ky < kernel; ky++) {
      const iy = oy * stride + ky * dilation - pad
      const line = image + <usize>iy * <usize>width * pixelBytes
      for (let kx = 0; kx < kernel; kx++) {
        const ix = ox * stride + kx * dilation - pad
        if (<u32>iy < <u32>height && <u32>ix < <u32>width) {
          const to = line + <usize>ix * pixelBytes
          for (let channel = 0; channel < tapChannels; channel += 4) {
            const at = <usize>channel << 2
            storeLanes(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)), tapChannels - channel)
          }
        }
        from += tapBytes
      }
    }
    if (++ox == outWidth) {
      ox = 0
      if (++oy == outHeight) {
        oy = 0
        image += <usize>height * <usize>width * pixelBytes
      }
    }
  }
}

export function conv2dScratch(kernel: i32, inGroup: i32, outGroup: i32): usize {
  const k = kernel * kernel * inGroup
  const weights = (<usize>k * <usize>outGroup) << 2
  return panelBytes(k > outGroup ? k : outGroup) + ((<usize>rowsOfBlock(k) * <usize>k) << 2) + weights + 128
}

/** Scratch: the panel of the matrix product, columns. x [b, height, width, cin], w [k, k, cin / groups, cout] -> y [b, outHeight, outWidth, cout]. */
export function conv2d(
  x: usize,
  w: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  cin: i32,
  outHeight: i32,
  outWidth: i32,
  cout: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  groups: i32,
  scratch: usize,
): void {
  const rows = batch * outHeight * outWidth
  const inGroup = cin / groups
  const outGroup = cout / groups
  const pixel = <usize>cin << 2
  const ldy = <usize>cout << 2
  const k = kernel * kernel * inGroup
  const columns = scratch + panelBytes(k)
  for (let group = 0; group < groups; group++) {
    const xs = x + (<usize>(group * inGroup) << 2)
    const ws = w + (<usize>(group * outGroup) << 2)
    const ys = y + (<usize>(group * outGroup) << 2)
    if (kernel == 1 && stride == 1) {
      gemm(xs, pixel, ws, ldy, ys, ldy, rows, outGroup, k, scratch)
      continue
    }
    const block = rowsOfBlock(k)
    for (let from = 0; from < rows; from += block) {
      const count = smaller(block, rows - from)
      gather(xs, columns, from, count, height, width, pixel, inGroup, outHeight, outWidth, kernel, stride, dilation)
      gemm(columns, <usize>k << 2, ws, ldy, ys + <usize>from * ldy, ldy, count, outGroup, k, scratch)
    }
  }
}

export function conv2dInputGradient(
  dy: usize,
  w: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  cin: i32,
  outHeight: i32,
  outWidth: i32,
  cout: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  groups: i32,
  scratch: usize,
): void {
  const rows = batch * outHeight * outWidth
  const inGroup = cin / groups
  const outGroup = cout / groups
  const pixel = <usize>cin << 2
  const ldy = <usize>cout << 2
  const k = kernel * kernel * inGroup
  const direct = kernel == 1 && stride == 1
  const weights = scratch + panelBytes(outGroup)
  const columns = weights + ((<usize>k * <usize>outGroup) << 2) + 16
  if (!direct) memory.fill(dx, 0, <usize>batch * <usize>height * <usize>width * pixel)
  for (let group = 0; group < groups; group++) {
    const xs = dx + (<usize>(group * inGroup) << 2)
    const ws = w + (<usize>(group * outGroup) << 2)
    const ys = dy + (<usize>(group * outGroup) << 2)
    transpose(ws, ldy, weights, k, outGroup)
    if (direct) {
      gemm(ys, ldy, weights, <usize>k << 2, xs, pixel, rows, k, outGroup, scratch)
      continue
    }
    const block = rowsOfBlock(k)
    for (let from = 0; from < rows; from += block) {
      const count = smaller(block, rows - from)
      gemm(ys + <usize>from * ldy, ldy, weights, <usize>k << 2, columns, <usize>k << 2, count, k, outGroup, scratch)
      scatter(columns, xs, from, count, height, width, pixel, inGroup, outHeight, outWidth, kernel, stride, dilation)
    }
  }
}

export function conv2dFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  cin: i32,
  outHeight: i32,
  outWidth: i32,
  cout: i32,
  kernel: i32,
  stride: i32,
  dilation: i32,
  groups: i32,
  scratch: usize,
): void {
  const rows = batch * outHeight * outWidth
  const inGroup = cin / groups
  const outGroup = cout / groups
  const pixel = <usize>cin << 2
  const ldy = <usize>cout << 2
  const k = kernel * kernel * inGroup
  memory.fill(dw, 0, (<usize>k * <usize>cout) << 2)
  for (let group = 0; group < groups; group++) {
    const xs = x + (<usize>(group * inGroup) << 2)
    const ws = dw + (<usize>(group * outGroup) << 2)
    const ys = dy + (<usize>(group * outGroup) << 2)
    if (kernel == 1 && stride == 1) {
      gemmTransposedA(xs, pixel, ys, ldy, ws, ldy, rows, outGroup, k)
      continue
    }
    const block = rowsOfBlock(k)
    for (let from = 0; from < rows; from += block) {
      const count = smaller(block, rows - from)
      gather(xs, scratch, from, count, height, width, pixel, inGroup, outHeight, outWidth, kernel, stride, dilation)
      gemmTransposedA(scratch, <usize>k << 2, ys + <usize>from * ldy, ldy, ws, ldy, count, outGroup, k)
    }
  }
}
