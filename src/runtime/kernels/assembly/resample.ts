/**
 * Every pixel of the output is the weighted sum of rowTaps x columnTaps pixels of the input. `rows` and `columns` hold, for
 * every tap of every place, the index and then the weight, in 32 bits each. Taps of weight 0 are skipped.
 */
export function resample2d(
  x: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  rowTaps: i32,
  rows: usize,
  columnTaps: i32,
  columns: usize,
): void {
  const bytes = <usize>channels << 2
  const vectors = <usize>(channels >> 2) << 4
  const image = <usize>height * <usize>width * bytes
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        memory.fill(y, 0, bytes)
        for (let r = 0; r < rowTaps; r++) {
          const row = rows + (<usize>(i * rowTaps + r) << 3)
          const down = load<f32>(row, 4)
          if (down == 0) continue
          for (let c = 0; c < columnTaps; c++) {
            const column = columns + (<usize>(j * columnTaps + c) << 3)
            const weight = down * load<f32>(column, 4)
            if (weight == 0) continue
            const from = x + (<usize>load<i32>(row) * <usize>width + <usize>load<i32>(column)) * bytes
            const weights = f32x4.splat(weight)
            let at: usize = 0
            for (; at < vectors; at += 16) {
              v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(weights, v128.load(from + at))))
            }
            for (; at < bytes; at += 4) store<f32>(y + at, load<f32>(y + at) + weight * load<f32>(from + at))
          }
        }
        y += bytes
      }
    }
    x += image
  }
}
