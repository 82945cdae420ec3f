import std:nn
import std:search

/// A component of one's own that no runtime has.
extern augmentation wobble(by: real = 0.1) planned

space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(one of {8, 16}, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  relax width by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1) }
  train choices { adam(lr: 0.1) }
  derive argmax
  scale paper { epochs 1, batch 2, augment wobble & crop(2) }
}
