import std:nn
import std:search
let shared = 0.1 * macs.expected
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
  require macs.expected <= 3M
}
search products of tiny {
  predictor latency = mlp(64), fitted to measurements "latency.csv"
  let own = cross_entropy
  relax    width by softmax
  minimise cross_entropy * own + 1 / cross_entropy for all, cross_entropy ^ 2, log(own), -own * (shared + latency), log(macs(full).expected)
  train weights { sgd(lr: macs.expected) }
  train choices on parameters { adam(lr: 0.1) }
  derive   top(macs)
  retrain  { epochs macs.expected }
}
search fine of tiny like products {
  minimise -own * (shared + latency / latency.reference) ^ 0.6 + log(macs(full).effective) * sampled(log(macs) / latency)
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive   argmax
  retrain  { epochs 3 }
}
