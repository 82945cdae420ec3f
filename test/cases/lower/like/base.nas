import std:nn
import std:search

param width = 8
settings long { epochs 60, lr cosine(0.1 to 0), width = 16 }

space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(4, 3); stage s { width one of { width, 2 * width }; layer conv -> bn }; head global_pool -> linear(classes) }
}

/// The first one.
search first of tiny {
  let rate = 0.1
  relax    width by softmax
  sample   all
  minimise cross_entropy
  train weights on 50% { sgd(lr: rate), clip 5 }
  train choices on 30% { adam(lr: 0.1) }
  derive   argmax
  epochs 7
  batch 64
  retrain long { batch 8 }
  scale quick { epochs 1, batch 2; retrain { epochs 2 } }
}
