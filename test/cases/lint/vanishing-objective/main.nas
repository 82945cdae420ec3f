import { conv, global_pool, linear } from std:nn
import { none, relu_conv, skip } from std:cells
import std:search
cell some(s0, s1) {
  prepare s0, s1 { conv(channels) }
  node n[1..2] { from any 2 of earlier; through one of { none, skip, relu_conv(3) }; merge sum }
  output concat(n)
}
space small {
  input image(8, 3); classes 4
  cell only = some
  network { stem conv(4); stack 1 of only, channels 4; head global_pool -> linear(classes) }
}
search s of small {
  relax    through by softmax, from by combinatorial
  minimise cross_entropy + passive_aggressive(invalid: outside)
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive   argmax of from, then argmax of through except none
  epochs 1; batch 8
}
