import std:nn
let op = { conv(channels, 3), conv(channels, 5) }
param any = 4
cell two(x) {
  let node = one of op
  node n { from { x }; through node }
  node m[1..2] { from any 1 of earlier; through one of op; merge sum }
  output concat(m)
}
space s {
  input image(8, 8, 3)
  classes any
  cell only = two
  network {
    let stage = 4
    stem conv(16, 3) -> one of op
    stage a { width stage; layer one of op }
    stack 3 of only, channels any
    head global_pool -> linear(classes)
  }
}
