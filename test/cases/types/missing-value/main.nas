import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(16, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax
  retrain { auxiliary 0.4 at }
}
