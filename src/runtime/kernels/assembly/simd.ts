// Reading a full vector at a tail is allowed everywhere: the arena and the allocator keep at least 16 bytes behind every
// tensor. Writing is not: tails are stored lane by lane.

/** Stores the first `lanes` (1..4) lanes. */
@inline
export function storeLanes(to: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(to, value)
  } else {
    v128.store32_lane(to, value, 0)
    if (lanes > 1) v128.store32_lane(to, value, 1, 4)
    if (lanes > 2) v128.store32_lane(to, value, 2, 8)
  }
}

@inline
export function horizontalSum(value: v128): f64 {
  return (
    <f64>f32x4.extract_lane(value, 0) +
    <f64>f32x4.extract_lane(value, 1) +
    <f64>f32x4.extract_lane(value, 2) +
    <f64>f32x4.extract_lane(value, 3)
  )
}

/** sum + a * b, rounded once in the module for processors that can, else twice. */
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum)
  return f32x4.add(sum, f32x4.mul(a, b))
}

@inline
export function smaller(a: i32, b: i32): i32 {
  return a < b ? a : b
}

@inline
export function larger(a: i32, b: i32): i32 {
  return a > b ? a : b
}
