import std:nn
import std:cells
let candidates = { none, skip, sep_conv(3) }
cell block(s0, s1, stride: int = 1) {
  prepare s0, s1 { relu_conv_bn }
  node n[1..2] { from any 2 of earlier; through one of candidates, stride on s0, s1 }
  output concat(n) + concat(s0, s1)
}
space net {
  input image(8, 8, 3)
  classes 10
  cell normal = block
  network {
    stem  conv(8, 3) -> bn
    stack 3 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}
