import std:nn
import std:cells
let candidates = { none, skip, sep_conv(3) }
param widest = 16
cell block(s0, s1, stride: int = 1) {
  prepare s0, s1 { relu_conv_bn }
  node n[1..2] { from any 2 of earlier; through one of candidates, stride on s0, s1 }
  output concat(n)
}
space net {
  input image(one of { 128, 200, 224 }, 3)
  classes 10
  cell normal = block
  network {
    stem  conv(one of { 8, widest }, 3) -> bn
    stage one { width one of { 8, 16 }; depth one of 2..4; layer conv(channels, kernel: one of { 3, 5, 7 }) -> relu }
    stack 3 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}
architecture all of net {
  with widset = 32
  resolution 230
  stem { width 33 }
  one { widht 8, depth 5, kernel 9, layer[2..3].kernel 4 }
  normal { n1: sep_con(3) of s0, skip of s1; n2: sep_conv(5) of s0, skip of n7; n3: skip of n1 }
}
architecture listed of net {
  with widest = 32
  resolution 200
  stem.width 32
  one { width 8, depth 3, kernel [3, 5, 8, 7, 3] }
  normal { n1: skip of s0; n2: skip of s0, skip of s0 }
}
