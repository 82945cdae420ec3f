// Factors per channel, `groups` times `positions` pixels of `channels` floats: every group has factors of its own.

/** y may be x. */
export function scaleChannels(x: usize, s: usize, y: usize, groups: i32, positions: i32, channels: i32): void {
  const bytes = <usize>channels << 2
  const vectors = <usize>(channels >> 2) << 4
  for (let g = 0; g < groups; g++) {
    for (let p = 0; p < positions; p++) {
      let at: usize = 0
      for (; at < vectors; at += 16) v128.store(y + at, f32x4.mul(v128.load(x + at), v128.load(s + at)))
      for (; at < bytes; at += 4) store<f32>(y + at, load<f32>(x + at) * load<f32>(s + at))
      x += bytes
      y += bytes
    }
    s += bytes
  }
}

/** Sums of x * dy over the positions of every group; in runs of 64, so that long sums keep their digits. */
export function scaleChannelsGradient(x: usize, dy: usize, ds: usize, groups: i32, positions: i32, channels: i32): void {
  const bytes = <usize>channels << 2
  const vectors = <usize>(channels >> 2) << 4
  for (let g = 0; g < groups; g++) {
    memory.fill(ds, 0, bytes)
    for (let first = 0; first < positions; first += 64) {
      const count = min(64, positions - first)
      let at: usize = 0
      for (; at < vectors; at += 16) {
        let sum = f32x4.splat(0)
        let offset = at
        for (let p = 0; p < count; p++) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(x + offset), v128.load(dy + offset)))
          offset += bytes
        }
        v128.store(ds + at, f32x4.add(v128.load(ds + at), sum))
      }
      for (; at < bytes; at += 4) {
        let sum: f32 = 0
        let offset = at
        for (let p = 0; p < count; p++) {
          sum += load<f32>(x + offset) * load<f32>(dy + offset)
          offset += bytes
        }
        store<f32>(ds + at, load<f32>(ds + at) + sum)
      }
      x += <usize>count * bytes
      dy += <usize>count * bytes
    }
    ds += bytes
  }
}
