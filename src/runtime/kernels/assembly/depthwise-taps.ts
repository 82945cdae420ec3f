import { multiplyAdd, storeLanes } from './simd'

/**
 * One row of outputs: to[j] = sum over taps of weight * source[j]. A tap is two uint32: the address of its first source
 * pixel (to which `offset` is added) and of its weights. Eight neighbours share each load of a weight.
 */
export function tapRow(
  to: usize,
  toStep: usize,
  offset: usize,
  sourceStep: usize,
  taps: usize,
  tapCount: i32,
  count: i32,
  channels: i32,
): void {
  const tapsEnd = taps + (<usize>tapCount << 3)
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    let j = 0
    for (; j + 8 <= count; j += 8) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      let s4 = s0
      let s5 = s0
      let s6 = s0
      let s7 = s0
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        let x = <usize>load<u32>(tap) + source
        const weight = v128.load(<usize>load<u32>(tap, 4) + at)
        s0 = multiplyAdd(s0, weight, v128.load(x))
        x += sourceStep
        s1 = multiplyAdd(s1, weight, v128.load(x))
        x += sourceStep
        s2 = multiplyAdd(s2, weight, v128.load(x))
        x += sourceStep
        s3 = multiplyAdd(s3, weight, v128.load(x))
        x += sourceStep
        s4 = multiplyAdd(s4, weight, v128.load(x))
        x += sourceStep
        s5 = multiplyAdd(s5, weight, v128.load(x))
        x += sourceStep
        s6 = multiplyAdd(s6, weight, v128.load(x))
        x += sourceStep
        s7 = multiplyAdd(s7, weight, v128.load(x))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      storeLanes(y, s4, lanes)
      y += toStep
      storeLanes(y, s5, lanes)
      y += toStep
      storeLanes(y, s6, lanes)
      y += toStep
      storeLanes(y, s7, lanes)
      y += toStep
      source += sourceStep << 3
    }
    for (; j + 2 <= count; j += 2) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        const x = <usize>load<u32>(tap) + source
        const weight = v128.load(<usize>load<u32>(tap, 4) + at)
        s0 = multiplyAdd(s0, weight, v128.load(x))
        s1 = multiplyAdd(s1, weight, v128.load(x + sourceStep))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      source += sourceStep << 1
    }
    if (j < count) {
      let s0 = f32x4.splat(0)
      for (let tap = taps; tap < tapsEnd; tap += 8) {
        const x = <usize>load<u32>(tap) + source
        s0 = multiplyAdd(s0, v128.load(<usize>load<u32>(tap, 4) + at), v128.load(x))
      }
      storeLanes(y, s0, lanes)
    }
  }
}
