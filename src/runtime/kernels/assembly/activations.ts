import { multiplyAdd } from './simd'

// Activation functions and their gradients over flat arrays. The output may be any of the inputs. `kind` is the position in
// the runtime's table of activations.

const RELU6: i32 = 0
const SWISH: i32 = 1
const HSWISH: i32 = 2
const HSIGMOID: i32 = 3
const SIGMOID: i32 = 4
const TANH: i32 = 5
const GELU: i32 = 6
const GELU_TANH: i32 = 7

@inline
function splat(value: f32): v128 {
  return f32x4.splat(value)
}

/**
 * exp of four floats: a power of two times a polynomial; relative error about 1e-7, clamped to the normal floats. Added to 1.5 * 2^23,
 * a small number is rounded to an integer, which then stands in the low bits.
 */
@inline
function exponentials(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, splat(-87)), splat(88))
  const shifted = multiplyAdd(splat(12582912), x, splat(1.44269504))
  const n = f32x4.sub(shifted, splat(12582912))
  const r = multiplyAdd(multiplyAdd(x, n, splat(-0.693359375)), n, splat(2.12194440e-4))
  let sum = multiplyAdd(splat(1.3981999507e-3), r, splat(1.9875691500e-4))
  sum = multiplyAdd(splat(8.3334519073e-3), r, sum)
  sum = multiplyAdd(splat(4.1665795894e-2), r, sum)
  sum = multiplyAdd(splat(1.6666665459e-1), r, sum)
  sum = multiplyAdd(splat(5.0000001201e-1), r, sum)
  sum = multiplyAdd(f32x4.add(r, splat(1)), f32x4.mul(r, r), sum)
  // The sum lies between 0.7 and 1.5: its exponent has room for another.
  return i32x4.add(sum, i32x4.shl(shifted, 23))
}

@inline
function sigmoids(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exponentials(f32x4.neg(x))))
}

/** min(max(x + 3, 0), 6) / 6 */
@inline
function hardSigmoids(x: v128): v128 {
  return f32x4.mul(f32x4.min(f32x4.max(f32x4.add(x, splat(3)), splat(0)), splat(6)), splat(<f32>(1.0 / 6.0)))
}

@inline
function tangents(x: v128): v128 {
  return f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(splat(1), exponentials(f32x4.add(x, x)))))
}

/** P(X <= x) of a standard normal X: Abramowitz and Stegun 7.1.26, absolute error below 1e-7. */
@inline
function normals(x: v128): v128 {
  const z = f32x4.abs(f32x4.mul(x, splat(0.70710678)))
  const t = f32x4.div(splat(1), f32x4.add(splat(1), f32x4.mul(splat(0.3275911), z)))
  let sum = f32x4.add(splat(-1.453152027), f32x4.mul(t, splat(1.061405429)))
  sum = f32x4.add(splat(1.421413741), f32x4.mul(t, sum))
  sum = f32x4.add(splat(-0.284496736), f32x4.mul(t, sum))
  sum = f32x4.add(splat(0.254829592), f32x4.mul(t, sum))
  const tail = f32x4.mul(f32x4.mul(splat(0.5), f32x4.mul(t, sum)), exponentials(f32x4.neg(f32x4.mul(z, z))))
  return v128.bitselect(tail, f32x4.sub(splat(1), tail), f32x4.lt(x, splat(0)))
}

/** The argument of the hyperbolic tangent in the approximation of GELU. */
@inline
function geluArgument(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x)
  return f32x4.mul(splat(0.79788456), f32x4.add(x, f32x4.mul(splat(0.044715), cube)))
}

@inline
function value(kind: i32, x: v128): v128 {
  switch (kind) {
    case RELU6:
      return f32x4.min(f32x4.max(x, splat(0)), splat(6))
    case SWISH:
      return f32x4.mul(x, sigmoids(x))
    case HSWISH:
      return f32x4.mul(x, hardSigmoids(x))
    case HSIGMOID:
      return hardSigmoids(x)
    case SIGMOID:
      return sigmoids(x)
    case TANH:
      return tangents(x)
    case GELU:
      return f32x4.mul(x, normals(x))
    default:
      return f32x4.mul(f32x4.mul(splat(0.5), x), f32x4.add(splat(1), tangents(geluArgument(x))))
  }
}

/** Ones where low < x < high, else zeros. */
@inline
function between(x: v128, low: f32, high: f32): v128 {
  return v128.and(v128.and(f32x4.gt(x, splat(low)), f32x4.lt(x, splat(high))), splat(1))
}

@inline
function slope(kind: i32, x: v128): v128 {
  switch (kind) {
    case RELU6:
      return between(x, 0, 6)
    case SWISH: {
      const s = sigmoids(x)
      return multiplyAdd(s, x, f32x4.mul(s, f32x4.sub(splat(1), s)))
    }
    case HSWISH: {
      const line = f32x4.mul(f32x4.add(f32x4.add(x, x), splat(3)), splat(<f32>(1.0 / 6.0)))
      const high = v128.bitselect(splat(1), line, f32x4.ge(x, splat(3)))
      return v128.bitselect(splat(0), high, f32x4.le(x, splat(-3)))
    }
    case HSIGMOID:
      return f32x4.mul(between(x, -3, 3), splat(<f32>(1.0 / 6.0)))
    case SIGMOID: {
      const s = sigmoids(x)
      return f32x4.mul(s, f32x4.sub(splat(1), s))
    }
    case TANH: {
      const t = tangents(x)
      return f32x4.sub(splat(1), f32x4.mul(t, t))
    }
    case GELU: {
      const bell = f32x4.mul(splat(0.39894228), exponentials(f32x4.mul(splat(-0.5), f32x4.mul(x, x))))
      return f32x4.add(normals(x), f32x4.mul(x, bell))
    }
    default: {
      const t = tangents(geluArgument(x))
      const inner = f32x4.mul(splat(0.79788456), f32x4.add(splat(1), f32x4.mul(splat(0.134145), f32x4.mul(x, x))))
      const bend = f32x4.mul(f32x4.mul(x, f32x4.sub(splat(1), f32x4.mul(t, t))), inner)
      return f32x4.mul(splat(0.5), f32x4.add(f32x4.add(splat(1), t), bend))
    }
  }
}

/** What is stored of four numbers: values, or slopes times what arrives. `kind` and `ofSlopes` are constants where this stands. */
@inline
function result(dy: v128, x: v128, kind: i32, ofSlopes: bool): v128 {
  return ofSlopes ? f32x4.mul(dy, slope(kind, x)) : value(kind, x)
}

/** As {@link result}, so that the loop has no switch in it. Of values, `dy` is read and not used. */
@inline
function each(dy: usize, x: usize, y: usize, count: i32, kind: i32, ofSlopes: bool): void {
  const vectors = count & ~3
  let i = 0
  for (; i < vectors; i += 4) {
    v128.store(y, result(v128.load(dy), v128.load(x), kind, ofSlopes))
    dy += 16
    x += 16
    y += 16
  }
  for (; i < count; i++) {
    store<f32>(y, f32x4.extract_lane(result(splat(load<f32>(dy)), splat(load<f32>(x)), kind, ofSlopes), 0))
    dy += 4
    x += 4
    y += 4
  }
}

@inline
function eachOf(dy: usize, x: usize, y: usize, count: i32, kind: i32, ofSlopes: bool): void {
  switch (kind) {
    case RELU6:
      return each(dy, x, y, count, RELU6, ofSlopes)
    case SWISH:
      return each(dy, x, y, count, SWISH, ofSlopes)
    case HSWISH:
      return each(dy, x, y, count, HSWISH, ofSlopes)
    case HSIGMOID:
      return each(dy, x, y, count, HSIGMOID, ofSlopes)
    case SIGMOID:
      return each(dy, x, y, count, SIGMOID, ofSlopes)
    case TANH:
      return each(dy, x, y, count, TANH, ofSlopes)
    case GELU:
      return each(dy, x, y, count, GELU, ofSlopes)
    default:
      return each(dy, x, y, count, GELU_TANH, ofSlopes)
  }
}

export function activation(x: usize, y: usize, count: i32, kind: i32): void {
  eachOf(x, x, y, count, kind, false)
}

export function activationGradient(dy: usize, x: usize, dx: usize, count: i32, kind: i32): void {
  eachOf(dy, x, dx, count, kind, true)
}
