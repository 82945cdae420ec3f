import std:nn
import std:search

space tiny {
  input image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}

settings long { epochs 0 }

search batches of tiny {
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive argmax
  epochs 2
  batch 0
}

search retrained of tiny {
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive argmax
  batch 4
  scale quick { epochs 1, augment crop(padding: -1) & flip; retrain { epochs 3, label_smoothing 2 } }
  scale slow { epochs 9; retrain long }
  scale slower { epochs 10; retrain { epochs 3, drop_path 0 to 2 } }
}

search as_before of tiny like retrained {
  train weights { sgd(lr: 0.1), clip 0 }
  scale slow { epochs 9; retrain { epochs 3 } }
}

search of_paths of tiny {
  sample sandwich
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1), second_order }
  derive argmax
  epochs 2
  batch 4
}

search untrained of tiny {
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  derive argmax
  epochs 2
  batch 4
}
