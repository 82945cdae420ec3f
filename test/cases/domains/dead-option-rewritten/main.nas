import { conv, global_pool, linear } from std:nn
import std:search

let kernels = {1, 3}

space net {
  input image(8, 3); classes 2
  let kernel = one of kernels
  network {
    stage a { width one of {4, 8}; layer conv(channels, kernel) }
    head global_pool -> linear(classes)
  }
  require a.width >= 8 and kernel <= 3
}

search larger of net where kernels = {1, 3, 5} {
  sample   uniform
  minimise cross_entropy
  train weights on 90% { sgd(lr: 0.1) }
  validate on 10%
  derive   best(of: 4)
  epochs   1
  batch    2
}
