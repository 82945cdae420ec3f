import { setFlagsFromString } from 'node:v8'

/**
 * How kernels compute a * b + c: in one instruction that rounds once, or in two that round twice. Results differ in the
 * last bits, so each is the same bit for bit only with itself.
 */
export type MultiplyAdd = 'fused' | 'separate'

let known: MultiplyAdd | undefined

/**
 * What this machine is best at: `fused` where Node knows the relaxed SIMD of WebAssembly and the processor computes its
 * multiply-add in one. `NASC_MULTIPLY_ADD=separate` in the environment says otherwise, for the same bits on every machine.
 */
export function bestMultiplyAdd(): MultiplyAdd {
  known ??= hasRelaxedSimd() && roundsOnce() && process.env['NASC_MULTIPLY_ADD'] !== 'separate' ? 'fused' : 'separate'
  return known
}

/** Node 22 knows it; Node 20 can be told to, before the first module that needs it. */
function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(probe)) return true
  setFlagsFromString('--experimental-wasm-relaxed-simd')
  return WebAssembly.validate(probe)
}

/** The square of 1 + 2^-12 minus its rounding to float32, which is 2^-24 and gets lost where the product is rounded. */
function roundsOnce(): boolean {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(probe), {})
  const { multiplyAdd } = exports
  if (!isFunction(multiplyAdd)) throw new Error('the probe exports nothing')
  const [a, square] = [1 + 2 ** -12, 1 + 2 ** -11]
  return multiplyAdd(a, a, -square) === 2 ** -24
}

function isFunction(value: unknown): value is (...args: readonly number[]) => unknown {
  return typeof value === 'function'
}

/** (a, b, c: f32) -> f32 by `f32x4.relaxed_madd`, exported as `multiplyAdd`. */
const probe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 8, 1, 96, 3, 125, 125, 125, 1, 125],
  ...[3, 2, 1, 0],
  ...[7, 15, 1, 11, ...Buffer.from('multiplyAdd'), 0, 0],
  ...[10, 22, 1, 20, 0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11],
)
