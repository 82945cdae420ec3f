import std:nn
op block(kernel: int, expand: int) = conv(in * expand) -> conv(channels, kernel)
let blocks = { block(3), block(5) }
let by_rule = { for k in { 3, 5 }: block(k) }
space s {
  input image(8, 8, 3)
  classes 10
  network {
    stem  conv(8, 3)
    stage a { width 8; layer one of blocks(expand: 3) }
    stage b { width 8; layer one of (blocks + by_rule)(expand: 4) }
    stage c { width 8; layer one of by_rule }
    head  global_pool -> linear(classes)
  }
}
