import { horizontalSum, multiplyAdd, smaller } from './simd'

// Kernels over several tensors; `pointers` is an array of `n` addresses (uint32). The output may be any of the inputs.

/** y = x1 + ... + xn. */
export function addAll(pointers: usize, n: i32, y: usize, count: i32): void {
  const vectors = count & ~15
  let i = 0
  for (; i < vectors; i += 16) {
    const at = <usize>i << 2
    let x = <usize>load<u32>(pointers) + at
    let s0 = v128.load(x)
    let s1 = v128.load(x, 16)
    let s2 = v128.load(x, 32)
    let s3 = v128.load(x, 48)
    for (let k = 1; k < n; k++) {
      x = <usize>load<u32>(pointers + (<usize>k << 2)) + at
      s0 = f32x4.add(s0, v128.load(x))
      s1 = f32x4.add(s1, v128.load(x, 16))
      s2 = f32x4.add(s2, v128.load(x, 32))
      s3 = f32x4.add(s3, v128.load(x, 48))
    }
    v128.store(y + at, s0)
    v128.store(y + at, s1, 16)
    v128.store(y + at, s2, 32)
    v128.store(y + at, s3, 48)
  }
  for (; i < count; i++) {
    const at = <usize>i << 2
    let sum = load<f32>(<usize>load<u32>(pointers) + at)
    for (let k = 1; k < n; k++) sum += load<f32>(<usize>load<u32>(pointers + (<usize>k << 2)) + at)
    store<f32>(y + at, sum)
  }
}

/** y = sum of weights[indices[k]] * x_k; `weights` of a term lies at weights + offsets[k] (bytes). */
export function weightedSum(weights: usize, offsets: usize, pointers: usize, n: i32, y: usize, count: i32): void {
  const vectors = count & ~15
  let i = 0
  for (; i < vectors; i += 16) {
    const at = <usize>i << 2
    let s0 = f32x4.splat(0)
    let s1 = s0
    let s2 = s0
    let s3 = s0
    for (let k = 0; k < n; k++) {
      const entry = <usize>k << 2
      const x = <usize>load<u32>(pointers + entry) + at
      const weight = v128.load32_splat(weights + <usize>load<u32>(offsets + entry))
      s0 = multiplyAdd(s0, weight, v128.load(x))
      s1 = multiplyAdd(s1, weight, v128.load(x, 16))
      s2 = multiplyAdd(s2, weight, v128.load(x, 32))
      s3 = multiplyAdd(s3, weight, v128.load(x, 48))
    }
    v128.store(y + at, s0)
    v128.store(y + at, s1, 16)
    v128.store(y + at, s2, 32)
    v128.store(y + at, s3, 48)
  }
  for (; i < count; i++) {
    const at = <usize>i << 2
    let sum: f32 = 0
    for (let k = 0; k < n; k++) {
      const entry = <usize>k << 2
      sum +=
        load<f32>(weights + <usize>load<u32>(offsets + entry)) * load<f32>(<usize>load<u32>(pointers + entry) + at)
    }
    store<f32>(y + at, sum)
  }
}

/** Sum of products of at most a few thousand floats; longer sums are made of such blocks, added in float64. */
@inline
function dotBlock(a: usize, b: usize, count: i32): f64 {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  const vectors = count & ~15
  let i = 0
  for (; i < vectors; i += 16) {
    s0 = multiplyAdd(s0, v128.load(a), v128.load(b))
    s1 = multiplyAdd(s1, v128.load(a, 16), v128.load(b, 16))
    s2 = multiplyAdd(s2, v128.load(a, 32), v128.load(b, 32))
    s3 = multiplyAdd(s3, v128.load(a, 48), v128.load(b, 48))
    a += 64
    b += 64
  }
  let sum = horizontalSum(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)))
  for (; i < count; i++) {
    sum += <f64>load<f32>(a) * <f64>load<f32>(b)
    a += 4
    b += 4
  }
  return sum
}

/** Floats of one block of a long sum; a block of the shared operand stays in the first-level cache. */
const BLOCK: i32 = 2048

function dotLong(a: usize, b: usize, count: i32): f64 {
  let sum: f64 = 0
  for (let from = 0; from < count; from += BLOCK) {
    const at = <usize>from << 2
    sum += dotBlock(a + at, b + at, smaller(BLOCK, count - from))
  }
  return sum
}

export function dot(a: usize, b: usize, y: usize, count: i32): void {
  store<f32>(y, <f32>dotLong(a, b, count))
}

/**
 * dweights[indices[k]] = sum of dy * x_k, 0 elsewhere (`entries` of them). dy is read once. `scratch`: n float64.
 * Terms that share an index add up.
 */
export function weightedSumGradient(
  dy: usize,
  offsets: usize,
  pointers: usize,
  n: i32,
  dweights: usize,
  entries: i32,
  count: i32,
  scratch: usize,
): void {
  memory.fill(scratch, 0, <usize>n << 3)
  for (let from = 0; from < count; from += BLOCK) {
    const at = <usize>from << 2
    const size = smaller(BLOCK, count - from)
    for (let k = 0; k < n; k++) {
      const sum = scratch + (<usize>k << 3)
      store<f64>(sum, load<f64>(sum) + dotBlock(dy + at, <usize>load<u32>(pointers + (<usize>k << 2)) + at, size))
    }
  }
  memory.fill(dweights, 0, <usize>entries << 2)
  for (let k = 0; k < n; k++) {
    const to = dweights + <usize>load<u32>(offsets + (<usize>k << 2))
    store<f32>(to, load<f32>(to) + <f32>load<f64>(scratch + (<usize>k << 3)))
  }
}

/** y = min(1, norm / (sqrt(sum of squares of all n tensors) + 1e-6)); `counts`: floats of each. */
export function clipScale(pointers: usize, counts: usize, n: i32, norm: f32, y: usize): void {
  let sum: f64 = 0
  for (let k = 0; k < n; k++) {
    const x = <usize>load<u32>(pointers + (<usize>k << 2))
    sum += dotLong(x, x, load<i32>(counts + (<usize>k << 2)))
  }
  store<f32>(y, <f32>min<f64>(1, <f64>norm / (sqrt<f64>(sum) + 1e-6)))
}
