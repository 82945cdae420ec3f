import std:nn
import std:search

space tiny {
  input image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}

search endless of tiny {
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive argmax
  batch 4
  augment flip
}
