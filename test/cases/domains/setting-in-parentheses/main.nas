import std:nn
import std:search
param rounds = 3
space tiny {
  input   image(8, 8, 3)
  classes 10
  network { stem conv(16, 3) -> bn; head global_pool -> linear(classes) }
}
search s of tiny {
  minimise cross_entropy
  train weights { sgd(lr: 0.1), clip (5) }
  derive   argmax
  augment (crop(2) & flip) & crop(1)
  scale quick { epochs (2 * rounds) }
}
