import std:nn
import std:cells
import std:search
let candidates = { none, skip, sep_conv(3) }
cell block(s0, s1, stride: int = 1) {
  prepare s0, s1 { relu_conv_bn }
  node n[1..2] { from any 2 of earlier; through one of candidates, stride on s0, s1 }
  output concat(n)
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
search s of net {
  relax through by softmax, from by strength
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax of throuhg, then top(2) of from
}
