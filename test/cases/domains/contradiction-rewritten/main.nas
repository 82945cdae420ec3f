import { conv, global_pool, identity, linear } from std:nn
import std:search

let candidates = { identity, conv(channels, 3) }

cell small(x) {
  node n[1..2] { from any 1.. of earlier; through one of candidates }
  output concat(n)
  require edges >= 3
}

space net {
  input image(8, 3); classes 2
  cell normal = small
  network {
    stem  conv(4, 3)
    stack 1 of normal, channels 4
    head  global_pool -> linear(classes)
  }
}

search narrow of net where from = any 1 of earlier {
  sample   uniform
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  score    accuracy
  derive   argmax
}
