import std:nn
import std:search
param budget = macs
param weight: cost = 0.1
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  minimise cross_entropy + weight * macs.expected
  train weights { sgd(lr: 0.1) }
  derive   argmax
}
