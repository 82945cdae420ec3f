import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of { 8, 16 }, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  relax    all by mask
  predictor latency = mlp(128, 64) on one_hot, fitted to mesurements "latency.csv", trained 3
  minimise cross_entropy + 0.1 * latency
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  train predictor { adam(lr: 0.1) }
  derive argmax
}
