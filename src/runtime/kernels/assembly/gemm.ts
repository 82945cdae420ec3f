import { multiplyAdd, smaller, storeLanes } from './simd'

// Matrix products over row-major matrices whose rows lie `ld` bytes apart. Register blocks of eight vectors, 2 x 16 or
// 4 x 8: they hide the latency of a multiply-add, and 14 of the 16 vector registers are in use. (Twelve, or an unrolled
// loop over k, spill registers in V8 and take half as long again.)

/** Adds to what lies there, or overwrites it. */
@inline
function put(to: usize, value: v128, accumulate: bool, lanes: i32): void {
  storeLanes(to, accumulate ? f32x4.add(v128.load(to), value) : value, lanes)
}

@inline
function putFull(to: usize, value: v128, accumulate: bool): void {
  v128.store(to, accumulate ? f32x4.add(v128.load(to), value) : value)
}

/** Bytes of the panel that `gemm` needs for sums over k. */
@inline
export function panelBytes(k: i32): usize {
  return <usize>((k + 3) & ~3) << 4
}

/** c[m, n] = a[m, k] b[k, n]: sixteen columns at a time, then those that are left. */
export function gemm(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
  k: i32,
  panel: usize,
): void {
  const wide = <usize>(n & ~15) << 2
  if (wide > 0) {
    let ai = a
    let ci = c
    for (let i = 0; i + 2 <= m; i += 2) {
      for (let at: usize = 0; at < wide; at += 64) tile2x16(ai, lda, b + at, ldb, ci + at, ldc, k)
      ai += lda << 1
      ci += ldc << 1
    }
    if (m & 1) for (let at: usize = 0; at < wide; at += 32) tile1x8(ai, b + at, ldb, ci + at, k)
  }
  if (n & 15) gemmNarrow(a, lda, b + wide, ldb, c + wide, ldc, m, n & 15, k, panel)
}

/**
 * The same of fewer than sixteen columns. Where there are eight, four rows of a are turned into a panel [k, 4], so that the
 * inner loop walks two addresses instead of five.
 */
function gemmNarrow(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
  k: i32,
  panel: usize,
): void {
  let i = 0
  for (; i + 4 <= m; i += 4) {
    let j = 0
    if (n >= 8) {
      packRows(a, lda, panel, k)
      outer4x8(panel, 16, b, ldb, c, ldc, k, false)
      j = 8
    }
    for (; j < n; j += 4) tile4x4(a, lda, b + (<usize>j << 2), ldb, c + (<usize>j << 2), ldc, k, n - j)
    a += lda << 2
    c += ldc << 2
  }
  for (; i < m; i++) {
    let j = 0
    for (; j + 8 <= n; j += 8) tile1x8(a, b + (<usize>j << 2), ldb, c + (<usize>j << 2), k)
    for (; j < n; j += 4) tile1x4(a, b + (<usize>j << 2), ldb, c + (<usize>j << 2), k, n - j)
    a += lda
    c += ldc
  }
}

/** panel[k, 4] = four rows of a, turned; the last block may hold what lies behind the rows. */
@inline
function packRows(a: usize, lda: usize, panel: usize, k: i32): void {
  let a1 = a + lda
  let a2 = a1 + lda
  let a3 = a2 + lda
  for (let p = 0; p < k; p += 4) {
    const r0 = v128.load(a)
    const r1 = v128.load(a1)
    const r2 = v128.load(a2)
    const r3 = v128.load(a3)
    const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
    const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
    const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
    const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
    v128.store(panel, v128.shuffle<i64>(low01, low23, 0, 2))
    v128.store(panel, v128.shuffle<i64>(low01, low23, 1, 3), 16)
    v128.store(panel, v128.shuffle<i64>(high01, high23, 0, 2), 32)
    v128.store(panel, v128.shuffle<i64>(high01, high23, 1, 3), 48)
    a += 16
    a1 += 16
    a2 += 16
    a3 += 16
    panel += 64
  }
}

@inline
function tile2x16(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, k: i32): void {
  let a1 = a + lda
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  let c10 = c00
  let c11 = c00
  let c12 = c00
  let c13 = c00
  const end = a + (<usize>k << 2)
  while (a < end) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    b += ldb
    const v0 = v128.load32_splat(a)
    c00 = multiplyAdd(c00, v0, b0)
    c01 = multiplyAdd(c01, v0, b1)
    c02 = multiplyAdd(c02, v0, b2)
    c03 = multiplyAdd(c03, v0, b3)
    const v1 = v128.load32_splat(a1)
    c10 = multiplyAdd(c10, v1, b0)
    c11 = multiplyAdd(c11, v1, b1)
    c12 = multiplyAdd(c12, v1, b2)
    c13 = multiplyAdd(c13, v1, b3)
    a += 4
    a1 += 4
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
  c += ldc
  v128.store(c, c10)
  v128.store(c, c11, 16)
  v128.store(c, c12, 32)
  v128.store(c, c13, 48)
}

function tile4x4(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  k: i32,
  lanes: i32,
): void {
  let a1 = a + lda
  let a2 = a1 + lda
  let a3 = a2 + lda
  let c0 = f32x4.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b)
    b += ldb
    c0 = multiplyAdd(c0, v128.load32_splat(a), b0)
    c1 = multiplyAdd(c1, v128.load32_splat(a1), b0)
    c2 = multiplyAdd(c2, v128.load32_splat(a2), b0)
    c3 = multiplyAdd(c3, v128.load32_splat(a3), b0)
    a += 4
    a1 += 4
    a2 += 4
    a3 += 4
  }
  put(c, c0, false, lanes)
  c += ldc
  put(c, c1, false, lanes)
  c += ldc
  put(c, c2, false, lanes)
  c += ldc
  put(c, c3, false, lanes)
}

function tile1x8(a: usize, b: usize, ldb: usize, c: usize, k: i32): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  for (let p = 0; p < k; p++) {
    const v = v128.load32_splat(a)
    c0 = multiplyAdd(c0, v, v128.load(b))
    c1 = multiplyAdd(c1, v, v128.load(b, 16))
    b += ldb
    a += 4
  }
  putFull(c, c0, false)
  putFull(c + 16, c1, false)
}

function tile1x4(a: usize, b: usize, ldb: usize, c: usize, k: i32, lanes: i32): void {
  let c0 = f32x4.splat(0)
  for (let p = 0; p < k; p++) {
    c0 = multiplyAdd(c0, v128.load32_splat(a), v128.load(b))
    b += ldb
    a += 4
  }
  put(c, c0, false, lanes)
}

/**
 * c[k, n] += a[m, k]^T b[m, n], the sum over many rows m of a filter gradient. Rows go in blocks that stay in the
 * first-level cache while all tiles of c pass over them.
 */
export function gemmTransposedA(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  const block = <i32>max<u32>(16, 24576 / (<u32>(k + n) << 2))
  for (let from = 0; from < m; from += block) {
    const rows = smaller(block, m - from)
    const as = a + <usize>from * lda
    const bs = b + <usize>from * ldb
    let i = 0
    for (; i + 4 <= k; i += 4) {
      const ai = as + (<usize>i << 2)
      const ci = c + <usize>i * ldc
      let j = 0
      for (; j + 8 <= n; j += 8) outer4x8(ai, lda, bs + (<usize>j << 2), ldb, ci + (<usize>j << 2), ldc, rows, true)
      for (; j < n; j += 4) outer4x4(ai, lda, bs + (<usize>j << 2), ldb, ci + (<usize>j << 2), ldc, rows, n - j)
    }
    for (; i < k; i++) {
      const ai = as + (<usize>i << 2)
      const ci = c + <usize>i * ldc
      for (let j = 0; j < n; j += 4) outer1x4(ai, lda, bs + (<usize>j << 2), ldb, ci + (<usize>j << 2), rows, n - j)
    }
  }
}

/** c[4, 8] (+)= the sum over m rows of the outer products of 4 floats of a and 8 of b. */
@inline
function outer4x8(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: i32, accumulate: bool): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  for (let p = 0; p < m; p++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const v0 = v128.load32_splat(a)
    c00 = multiplyAdd(c00, v0, b0)
    c01 = multiplyAdd(c01, v0, b1)
    const v1 = v128.load32_splat(a, 4)
    c10 = multiplyAdd(c10, v1, b0)
    c11 = multiplyAdd(c11, v1, b1)
    const v2 = v128.load32_splat(a, 8)
    c20 = multiplyAdd(c20, v2, b0)
    c21 = multiplyAdd(c21, v2, b1)
    const v3 = v128.load32_splat(a, 12)
    c30 = multiplyAdd(c30, v3, b0)
    c31 = multiplyAdd(c31, v3, b1)
    a += lda
    b += ldb
  }
  putFull(c, c00, accumulate)
  putFull(c + 16, c01, accumulate)
  c += ldc
  putFull(c, c10, accumulate)
  putFull(c + 16, c11, accumulate)
  c += ldc
  putFull(c, c20, accumulate)
  putFull(c + 16, c21, accumulate)
  c += ldc
  putFull(c, c30, accumulate)
  putFull(c + 16, c31, accumulate)
}

function outer4x4(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: i32, lanes: i32): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  for (let p = 0; p < m; p++) {
    const b0 = v128.load(b)
    c0 = multiplyAdd(c0, v128.load32_splat(a), b0)
    c1 = multiplyAdd(c1, v128.load32_splat(a, 4), b0)
    c2 = multiplyAdd(c2, v128.load32_splat(a, 8), b0)
    c3 = multiplyAdd(c3, v128.load32_splat(a, 12), b0)
    a += lda
    b += ldb
  }
  put(c, c0, true, lanes)
  c += ldc
  put(c, c1, true, lanes)
  c += ldc
  put(c, c2, true, lanes)
  c += ldc
  put(c, c3, true, lanes)
}

function outer1x4(a: usize, lda: usize, b: usize, ldb: usize, c: usize, m: i32, lanes: i32): void {
  let c0 = f32x4.splat(0)
  for (let p = 0; p < m; p++) {
    c0 = multiplyAdd(c0, v128.load32_splat(a), v128.load(b))
    a += lda
    b += ldb
  }
  put(c, c0, true, lanes)
}

/** to[columns, rows] = from[rows, columns]^T; rows of `from` lie `ld` bytes apart, `to` is dense. */
export function transpose(from: usize, ld: usize, to: usize, rows: i32, columns: i32): void {
  for (let column = 0; column < columns; column++) {
    let source = from + (<usize>column << 2)
    for (let row = 0; row < rows; row++) {
      store<f32>(to, load<f32>(source))
      source += ld
      to += 4
    }
  }
}
