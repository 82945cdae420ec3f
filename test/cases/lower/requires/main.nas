import { conv, global_pool, identity, linear, relu } from std:nn
op block(kernel: int, expand: int = 2) = conv(expand * in, kernel) -> conv(channels, 1)
cell two(x) {
  prepare x { conv(channels) }
  node n[1..2] { from any 1.. of earlier; through one of { identity, conv(channels, 3) } }
  output sum(n)
  require x in n[1].from and count(identity in n) <= 1
}
space s {
  input   image(one of {8, 12}, 3)
  classes 2
  cell only = two
  network {
    stem  conv(one of {4, 6}, 3) -> relu
    stack 1 of only, channels one of {4, 8}
    stage a { width one of {4, 8}; depth one of 1..2; layer one of { identity, block(3) }; require width <= 8 }
    stage b {                                         let k = one of {1, 3}; depth one of 0..2; layer block(k, one of {1, 2}); require k <= 3 or depth == 0 }
    head  conv(8) -> global_pool -> linear(classes)
  }
  require stem.width <= head.width and resolution >= stem.width and channels == a.width
  require a.layer[1] != identity or "x" in only.n2.from
  require macs <= 10M and macs(full) <= 20M
  require count(identity in only) + count(identity in a) <= 2
  require all(b.expand <= 2) and not exists(b.expand == 2 and b.k == 3) and sum(b.expand) <= 3
  require max(b.expand) >= min(b.expand)
}
architecture A of s {
  resolution 8
  stem.width 4
  only { n1: identity of x; n2: conv(channels, 3) of x }
  channels 4
  a    { width 4, depth 2, layer [block(3), identity] }
  b    { k 1, depth 2, expand 1 }
  expect macs <= 10M
}
