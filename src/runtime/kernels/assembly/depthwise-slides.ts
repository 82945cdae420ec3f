import { multiplyAdd, storeLanes } from './simd'

// Rows of outputs of depthwise convolutions of stride 1, whose neighbours share the pixels they read.

/**
 * Four outputs at a time of a row with a kernel of three columns: six pixels are loaded for twelve products. `lines` holds
 * a pair of addresses per kernel row: first source pixel, weights. Returns how many outputs are done.
 */
export function slide3x4(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  lines: usize,
  lineCount: i32,
  count: i32,
  channels: i32,
): i32 {
  const linesEnd = lines + (<usize>lineCount << 3)
  const done = count & ~3
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    for (let j = 0; j < done; j += 4) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      for (let line = lines; line < linesEnd; line += 8) {
        let x = <usize>load<u32>(line) + source
        const w = <usize>load<u32>(line, 4) + at
        const w0 = v128.load(w)
        const w1 = v128.load(w + pitch)
        const w2 = v128.load(w + (pitch << 1))
        let v = v128.load(x)
        s0 = multiplyAdd(s0, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w1, v)
        s1 = multiplyAdd(s1, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w2, v)
        s1 = multiplyAdd(s1, w1, v)
        s2 = multiplyAdd(s2, w0, v)
        x += step
        v = v128.load(x)
        s1 = multiplyAdd(s1, w2, v)
        s2 = multiplyAdd(s2, w1, v)
        s3 = multiplyAdd(s3, w0, v)
        x += step
        v = v128.load(x)
        s2 = multiplyAdd(s2, w2, v)
        s3 = multiplyAdd(s3, w1, v)
        s3 = multiplyAdd(s3, w2, v128.load(x + step))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      source += step << 2
    }
  }
  return done
}

/** As slide3x4 for five columns, eight at a time: twelve pixels for 40 products. */
export function slide5x8(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  lines: usize,
  lineCount: i32,
  count: i32,
  channels: i32,
): i32 {
  const linesEnd = lines + (<usize>lineCount << 3)
  const done = count & ~7
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    for (let j = 0; j < done; j += 8) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      let s4 = s0
      let s5 = s0
      let s6 = s0
      let s7 = s0
      for (let line = lines; line < linesEnd; line += 8) {
        let x = <usize>load<u32>(line) + source
        let w = <usize>load<u32>(line, 4) + at
        const w0 = v128.load(w)
        w += pitch
        const w1 = v128.load(w)
        w += pitch
        const w2 = v128.load(w)
        w += pitch
        const w3 = v128.load(w)
        const w4 = v128.load(w + pitch)
        let v = v128.load(x)
        s0 = multiplyAdd(s0, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w1, v)
        s1 = multiplyAdd(s1, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w2, v)
        s1 = multiplyAdd(s1, w1, v)
        s2 = multiplyAdd(s2, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w3, v)
        s1 = multiplyAdd(s1, w2, v)
        s2 = multiplyAdd(s2, w1, v)
        s3 = multiplyAdd(s3, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w4, v)
        s1 = multiplyAdd(s1, w3, v)
        s2 = multiplyAdd(s2, w2, v)
        s3 = multiplyAdd(s3, w1, v)
        s4 = multiplyAdd(s4, w0, v)
        x += step
        v = v128.load(x)
        s1 = multiplyAdd(s1, w4, v)
        s2 = multiplyAdd(s2, w3, v)
        s3 = multiplyAdd(s3, w2, v)
        s4 = multiplyAdd(s4, w1, v)
        s5 = multiplyAdd(s5, w0, v)
        x += step
        v = v128.load(x)
        s2 = multiplyAdd(s2, w4, v)
        s3 = multiplyAdd(s3, w3, v)
        s4 = multiplyAdd(s4, w2, v)
        s5 = multiplyAdd(s5, w1, v)
        s6 = multiplyAdd(s6, w0, v)
        x += step
        v = v128.load(x)
        s3 = multiplyAdd(s3, w4, v)
        s4 = multiplyAdd(s4, w3, v)
        s5 = multiplyAdd(s5, w2, v)
        s6 = multiplyAdd(s6, w1, v)
        s7 = multiplyAdd(s7, w0, v)
        x += step
        v = v128.load(x)
        s4 = multiplyAdd(s4, w4, v)
        s5 = multiplyAdd(s5, w3, v)
        s6 = multiplyAdd(s6, w2, v)
        s7 = multiplyAdd(s7, w1, v)
        x += step
        v = v128.load(x)
        s5 = multiplyAdd(s5, w4, v)
        s6 = multiplyAdd(s6, w3, v)
        s7 = multiplyAdd(s7, w2, v)
        x += step
        v = v128.load(x)
        s6 = multiplyAdd(s6, w4, v)
        s7 = multiplyAdd(s7, w3, v)
        s7 = multiplyAdd(s7, w4, v128.load(x + step))
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
      source += step << 3
    }
  }
  return done
}

/** Four at a time. */
export function slide5x4(
  to: usize,
  toStep: usize,
  offset: usize,
  step: usize,
  pitch: usize,
  lines: usize,
  lineCount: i32,
  count: i32,
  channels: i32,
): i32 {
  const linesEnd = lines + (<usize>lineCount << 3)
  const done = count & ~3
  for (let channel = 0; channel < channels; channel += 4) {
    const lanes = channels - channel
    const at = <usize>channel << 2
    let y = to + at
    let source = at + offset
    for (let j = 0; j < done; j += 4) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      for (let line = lines; line < linesEnd; line += 8) {
        let x = <usize>load<u32>(line) + source
        let w = <usize>load<u32>(line, 4) + at
        const w0 = v128.load(w)
        w += pitch
        const w1 = v128.load(w)
        w += pitch
        const w2 = v128.load(w)
        w += pitch
        const w3 = v128.load(w)
        const w4 = v128.load(w + pitch)
        let v = v128.load(x)
        s0 = multiplyAdd(s0, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w1, v)
        s1 = multiplyAdd(s1, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w2, v)
        s1 = multiplyAdd(s1, w1, v)
        s2 = multiplyAdd(s2, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w3, v)
        s1 = multiplyAdd(s1, w2, v)
        s2 = multiplyAdd(s2, w1, v)
        s3 = multiplyAdd(s3, w0, v)
        x += step
        v = v128.load(x)
        s0 = multiplyAdd(s0, w4, v)
        s1 = multiplyAdd(s1, w3, v)
        s2 = multiplyAdd(s2, w2, v)
        s3 = multiplyAdd(s3, w1, v)
        x += step
        v = v128.load(x)
        s1 = multiplyAdd(s1, w4, v)
        s2 = multiplyAdd(s2, w3, v)
        s3 = multiplyAdd(s3, w2, v)
        x += step
        v = v128.load(x)
        s2 = multiplyAdd(s2, w4, v)
        s3 = multiplyAdd(s3, w3, v)
        s3 = multiplyAdd(s3, w4, v128.load(x + step))
      }
      storeLanes(y, s0, lanes)
      y += toStep
      storeLanes(y, s1, lanes)
      y += toStep
      storeLanes(y, s2, lanes)
      y += toStep
      storeLanes(y, s3, lanes)
      y += toStep
      source += step << 2
    }
  }
  return done
}
