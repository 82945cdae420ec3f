import { conv, global_pool, linear } from std:nn
import std:search

space small {
  input   image(8, 8, 3)
  classes 3
  network { stem conv(one of {4, 8}, one of {1, 3}); head global_pool -> linear(classes) }
}
search shared of small {
  relax    all by softmax
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.1) }
  train choices on 40% { adam(lr: 0.01) }
  validate on 10%
  derive   best of 4
  scale quick { epochs 1, batch 8 }
}
search alone of small {
  relax    all by softmax
  sample   uniform
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.01) }
  validate on 10%
  score    trained(epochs: 2)
  derive   best of 4
  batch 8
}
search said_by_the_derivation of small {
  sample   uniform
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  validate on 10%
  derive   best of 4 by trained(epochs: 2)
  batch 8
}
search sound of small {
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  validate on 10%
  score    trained(epochs: 9)
  derive   successive_halving(of: 9)
  batch 8
}
