import { conv, global_pool, linear } from std:nn
import std:search

space chain {
  input image(8, 1); classes 3
  network {
    stem conv(4)
    stage a { width 4; depth 2; layer conv(channels, one of {1, 3}) }
    head global_pool -> linear(classes)
  }
}

search evolved of chain {
  sample   uniform
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive   pareto by evolution
}
