// Moves blocks of up to four axes; steps in bytes.

export function copyBlock(
  x: usize,
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  y: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  n0: i32,
  n1: i32,
  n2: i32,
  n3: i32,
): void {
  for (let a = 0; a < n0; a++) {
    for (let b = 0; b < n1; b++) {
      for (let c = 0; c < n2; c++) {
        let from = x + <usize>a * x0 + <usize>b * x1 + <usize>c * x2
        let to = y + <usize>a * y0 + <usize>b * y1 + <usize>c * y2
        let d = 0
        if (x3 == 4 && y3 == 4) {
          for (; d < (n3 & ~3); d += 4) {
            v128.store(to, v128.load(from))
            from += 16
            to += 16
          }
        }
        for (; d < n3; d++) {
          store<f32>(to, load<f32>(from))
          from += x3
          to += y3
        }
      }
    }
  }
}
