// Kernels over flat arrays of `count` floats. The output may be any of the inputs.

// pmax(x, zero) is one machine instruction where max is several, and keeps a NaN of x.
export function relu(x: usize, y: usize, count: i32): void {
  const zero = f32x4.splat(0)
  const vectors = count & ~15
  let i = 0
  for (; i < vectors; i += 16) {
    v128.store(y, f32x4.pmax(v128.load(x), zero))
    v128.store(y, f32x4.pmax(v128.load(x, 16), zero), 16)
    v128.store(y, f32x4.pmax(v128.load(x, 32), zero), 32)
    v128.store(y, f32x4.pmax(v128.load(x, 48), zero), 48)
    x += 64
    y += 64
  }
  for (; i < count; i++) {
    store<f32>(y, max<f32>(load<f32>(x), 0))
    x += 4
    y += 4
  }
}

/** dx = dy where y > 0, else 0. */
export function reluGradient(dy: usize, y: usize, dx: usize, count: i32): void {
  const zero = f32x4.splat(0)
  const vectors = count & ~7
  let i = 0
  for (; i < vectors; i += 8) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)))
    v128.store(dx, v128.and(v128.load(dy, 16), f32x4.gt(v128.load(y, 16), zero)), 16)
    dy += 32
    y += 32
    dx += 32
  }
  for (; i < count; i++) {
    store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0)
    dy += 4
    y += 4
    dx += 4
  }
}

export function multiply(a: usize, b: usize, y: usize, count: i32): void {
  const vectors = count & ~3
  let i = 0
  for (; i < vectors; i += 4) {
    v128.store(y, f32x4.mul(v128.load(a), v128.load(b)))
    a += 16
    b += 16
    y += 16
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(a) * load<f32>(b))
    a += 4
    b += 4
    y += 4
  }
}

/** y = x times the scalar that lies at `factor`. */
export function scale(x: usize, factor: usize, y: usize, count: i32): void {
  const value = load<f32>(factor)
  const values = f32x4.splat(value)
  const vectors = count & ~7
  let i = 0
  for (; i < vectors; i += 8) {
    v128.store(y, f32x4.mul(v128.load(x), values))
    v128.store(y, f32x4.mul(v128.load(x, 16), values), 16)
    x += 32
    y += 32
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(x) * value)
    x += 4
    y += 4
  }
}

/** Row b of `rows`, `count` floats each, times mask[b]. */
export function scaleRows(x: usize, mask: usize, y: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    scale(x, mask + (<usize>row << 2), y, count)
    x += <usize>count << 2
    y += <usize>count << 2
  }
}

export function copy(x: usize, y: usize, bytes: usize): void {
  memory.copy(y, x, bytes)
}

export function zero(y: usize, bytes: usize): void {
  memory.fill(y, 0, bytes)
}

export function fill(y: usize, value: f32, count: i32): void {
  for (let i = 0; i < count; i++) {
    store<f32>(y, value)
    y += 4
  }
}
