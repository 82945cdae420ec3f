import std:nn
import std:search
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search a of tiny {
  predictor latency = mlp(64) on one_hot, fitted to measurements "latency.csv"
  relax    width by softmax
  minimise cross_entropy + 0.1 * latency
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
}
search b of tiny like a { predictor delay = mlp(32) on one_hot, fitted to measurements "delay.csv" }
search c of tiny like a { predictor latency = mlp(32) on one_hot, fitted to measurements "delay.csv" }
