import { blockOf } from './batch-norm'
import { gemm, gemmTransposedA, panelBytes, transpose } from './gemm'
import { smaller, storeLanes } from './simd'

export function matmulScratch(m: i32, n: i32, k: i32, transposeA: i32, transposeB: i32): usize {
  const turnedB = transposeB ? (<usize>n * <usize>k) << 2 : 0
  const turnedA = transposeA && transposeB ? (<usize>m * <usize>k) << 2 : 0
  return panelBytes(k) + turnedB + turnedA + 64
}

/** y[m, n] = op(a) op(b), op transposing where asked. */
export function matmul(
  a: usize,
  b: usize,
  y: usize,
  m: i32,
  n: i32,
  k: i32,
  transposeA: i32,
  transposeB: i32,
  scratch: usize,
): void {
  const row = <usize>n << 2
  const panel = scratch
  scratch += panelBytes(k)
  if (transposeB) {
    transpose(b, <usize>k << 2, scratch, n, k)
    b = scratch
    scratch += (<usize>n * <usize>k) << 2
  }
  if (!transposeA) {
    gemm(a, <usize>k << 2, b, row, y, row, m, n, k, panel)
  } else if (transposeB) {
    transpose(a, <usize>m << 2, scratch, k, m)
    gemm(scratch, <usize>k << 2, b, row, y, row, m, n, k, panel)
  } else {
    memory.fill(y, 0, <usize>m * row)
    gemmTransposedA(a, <usize>m << 2, b, row, y, row, k, n, m)
  }
}

/** y = x + b[c] */
export function biasAdd(x: usize, b: usize, y: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  const block = blockOf(channels)
  for (let from = 0; from < rows; from += block) {
    const size = smaller(block, rows - from)
    const base = <usize>from * stride
    let channel = 0
    for (; channel + 8 <= channels; channel += 8) {
      const at = <usize>channel << 2
      const b0 = v128.load(b + at)
      const b1 = v128.load(b + at, 16)
      let source = x + base + at
      let to = y + base + at
      for (let i = 0; i < size; i++) {
        v128.store(to, f32x4.add(v128.load(source), b0))
        v128.store(to, f32x4.add(v128.load(source, 16), b1), 16)
        source += stride
        to += stride
      }
    }
    for (; channel < channels; channel += 4) {
      const at = <usize>channel << 2
      const lanes = channels - channel
      const bias = v128.load(b + at)
      let source = x + base + at
      let to = y + base + at
      for (let i = 0; i < size; i++) {
        storeLanes(to, f32x4.add(v128.load(source), bias), lanes)
        source += stride
        to += stride
      }
    }
  }
}

/** Sum over rows; blocks of rows in float32, blocks among each other too. */
export function sumRows(x: usize, y: usize, rows: i32, channels: i32): void {
  const stride = <usize>channels << 2
  for (let channel = 0; channel < channels; channel += 4) {
    let total = f32x4.splat(0)
    for (let from = 0; from < rows; from += 256) {
      let at = x + <usize>from * stride + (<usize>channel << 2)
      let sum = f32x4.splat(0)
      const count = smaller(256, rows - from)
      for (let i = 0; i < count; i++) {
        sum = f32x4.add(sum, v128.load(at))
        at += stride
      }
      total = f32x4.add(total, sum)
    }
    storeLanes(y + (<usize>channel << 2), total, channels - channel)
  }
}
