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
  relax    through by softmax, from by strength
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1), frozen 10 }
  derive   top(2) except none
  scale whole { epochs 50, batch 8 }
  // Nothing is left to train the choices in.
  scale short { epochs 10, batch 8 }
  scale shorter { epochs 2, batch 8 }
  scale mended { epochs 2, batch 8, frozen 1 }
}
