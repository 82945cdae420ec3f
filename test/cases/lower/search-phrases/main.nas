import std:nn
import std:search

/// Words behind a value are arguments of the call that the value is given to.
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}

search dmasking of tiny {
  predictor latency = mlp(64) on one_hot, fitted to measurements "latency.csv"
  relax    all by mask at temperature exponential(5, rate: 0.956 per epoch)
  minimise cross_entropy + 0.1 * latency
  train weights { sgd(lr: cosine(0.8 to 0 smooth), momentum: 0.9) }
  train choices { adam(lr: exponential(0.1, rate: 0.97 per step)) }
  train predictor { adam(lr: 0.1) }
  derive   argmax
}
