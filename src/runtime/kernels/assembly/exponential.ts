// exp and log in float64 from arithmetic alone: the library's use tables in static memory, which belongs to tfjs.

/** Relative error below 1e-13; 0 below -700. */
export function exponential(x: f64): f64 {
  if (x < -700) return 0
  if (x > 700) return Infinity
  const n = nearest<f64>(x * 1.4426950408889634)
  const r = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10
  let sum: f64 = 1
  for (let k = 12; k >= 1; k--) sum = 1 + (r / <f64>k) * sum
  return sum * reinterpret<f64>((<i64>n + 1023) << 52)
}

/** Of positive normal numbers; relative error below 1e-13. */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<i64>(x)
  let exponent = <f64>(((bits >> 52) & 2047) - 1023)
  let mantissa = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000)
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5
    exponent += 1
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum: f64 = 0
  for (let k = 17; k >= 1; k -= 2) sum = sum * square + 1 / <f64>k
  return exponent * 0.6931471805599453 + 2 * s * sum
}
