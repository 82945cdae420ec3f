import { conv, global_pool, linear } from std:nn
import std:cells
import std:search

param cells = 8

cell pair(a, b, stride: int = 1) {
  prepare a, b { relu_conv_bn }
  node n[1..2] { from any 1 of earlier; through one of { skip, sep_conv(3) }, stride on a, b; merge sum }
  output concat(n)
}

space small {
  input   image(32, 32, 3)
  classes 10
  cell normal    = pair
  cell reduction = pair(stride: 2)
  network {
    stem  conv(8, 3)
    stack cells of normal, reduction at { cells / 3, 2 * cells / 3 }, channels 8, doubled at reduction
    head  global_pool -> linear(classes)
  }
}

/// Two cells, and both of them reductions: nothing would choose the normal cell that is retrained.
search reductions of small {
  relax    through by softmax, from by strength
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 50% { adam(lr: 0.1) }
  derive   top(1)
  retrain  { epochs 2 }
  scale paper { epochs 50, batch 64 }
  scale quick { cells = 2, epochs 2, batch 8; retrain { cells = 6 } }
}
