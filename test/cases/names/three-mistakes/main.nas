import std:nn
import std:cells
import std:search
param width = 16
let candidates = { none, skipp, sep_conv(3) }
cell block(s0, s1) {
  node n[1..2] { from any 2 of earlier; through one of candidates }
  output concat(n)
}
space net {
  input image(8, 8, 3)
  classes 10
  cell normal = block
  network {
    stem  conv(width, kernel: "3") -> bn
    stack 3 of norma, channels width
    head  global_pool -> linear(classes)
  }
}
search s of net {
  relax through by softmax, from by strength
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive top(2)
}
