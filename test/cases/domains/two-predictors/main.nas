import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  predictor one = mlp(32), fitted to measurements "d.csv"
  predictor two = mlp(32), fitted to measurements "d.csv"
  predictor one = mlp(32), fitted to measurements "d.csv"
  minimise cross_entropy + one
  train weights { sgd(lr: 0.1) }
  derive argmax
}
